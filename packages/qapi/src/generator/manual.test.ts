import { expect, it } from 'vitest';
import { manualLink } from './manual.ts';

const site = 'https://www.qemu.org/docs/master/interop';

it('leads to the place in the manual of each program', () => {
  const resize = { kind: 'command', name: 'block_resize', module: 'block-core' } as const;
  expect(manualLink('qemu', resize)).toBe(`${site}/qemu-qmp-ref.html#command-QMP-block-core.block_resize`);
  expect(manualLink('storage-daemon', resize)).toBe(
    `${site}/qemu-storage-daemon-qmp-ref.html#command-QSD-block-core.block_resize`,
  );
  expect(manualLink('guest-agent', { kind: 'command', name: 'guest-exec', module: 'qapi-schema' })).toBe(
    `${site}/qemu-ga-ref.html#command-QGA-qapi-schema.guest-exec`,
  );
});

it('leads to the page where the module is not known', () => {
  expect(manualLink('qemu', { kind: 'event', name: 'STOP' })).toBe(`${site}/qemu-qmp-ref.html`);
});
