import { expect, it } from 'vitest';

import { transportPair } from '../testing/transport-pair.ts';
import { isTransport } from './transport.ts';

it('is told from an address, and from a stream of the platform', () => {
  const socket = { readable: true, writable: true, write: () => true, destroy: () => undefined };
  expect(isTransport(transportPair()[0])).toBe(true);
  for (const other of ['/run/vm.sock', null, undefined, { path: '/run/vm.sock' }, socket]) {
    expect(isTransport(other)).toBe(false);
  }
});
