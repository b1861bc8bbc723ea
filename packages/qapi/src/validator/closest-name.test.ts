import { describe, expect, it } from 'vitest';
import { closestName } from './closest-name.ts';

const names = ['blockdev-add', 'blockdev-del', 'block_resize', 'device', 'node-name', 'nbd-server-add', 'id', 'x'];

describe('closestName', () => {
  it.each([
    ['blockdev-ad', 'blockdev-add'],
    ['blokdev-add', 'blockdev-add'],
    ['blockdev-dle', 'blockdev-del'],
    ['block-resize', 'block_resize'],
    ['blockResize', 'block_resize'],
    ['nodename', 'node-name'],
    ['NBD_SERVER_ADD', 'nbd-server-add'],
    ['nbdserveradd', 'nbd-server-add'],
    ['devcie', 'device'],
    ['ib', 'id'],
  ])('takes %s for %s', (name, meant) => {
    expect(closestName(name, names)).toBe(meant);
  });

  it.each(['query-status', 'dev', 'identification', '', 'blockdev-add'.repeat(100_000)])(
    'takes %.20s for none',
    (name) => {
      expect(closestName(name, ['blockdev-add', 'device', 'id'])).toBeUndefined();
    },
  );

  it('prefers the one that is closest, and of two the first', () => {
    expect(closestName('cat', ['cart', 'carts', 'bat'])).toBe('cart');
    expect(closestName('size', ['sise', 'sizes', 'Size'])).toBe('Size');
  });
});
