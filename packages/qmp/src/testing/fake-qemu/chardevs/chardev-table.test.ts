import { expect, it } from 'vitest';

import { startFake } from '../fake-qemu.test-kit.ts';

it('character devices say where they lead', async () => {
  const { vm } = await startFake();
  const addresses = [
    { type: 'inet', data: { host: '127.0.0.1', port: '4444' } },
    { type: 'vsock', data: { cid: '3', port: '4444' } },
  ] as const;
  for (const addr of addresses) {
    await vm.execute('chardev-add', { id: addr.type, backend: { type: 'socket', data: { addr, server: false } } });
  }
  expect(await vm.execute('chardev-add', { id: 'pty', backend: { type: 'pty', data: {} } })).toEqual({
    pty: '/dev/pts/0',
  });
  await vm.execute('chardev-add', { id: 'ring', backend: { type: 'ringbuf', data: {} } });
  expect((await vm.execute('query-chardev')).slice(1)).toEqual([
    { label: 'inet', filename: 'disconnected:tcp:127.0.0.1:4444', 'frontend-open': false },
    { label: 'vsock', filename: 'disconnected:vsock', 'frontend-open': false },
    { label: 'pty', filename: 'pty:/dev/pts/0', 'frontend-open': false },
    { label: 'ring', filename: 'ringbuf', 'frontend-open': false },
  ]);
  await vm.execute('ringbuf-write', { device: 'ring', data: 'é' });
  expect(await vm.execute('ringbuf-read', { device: 'ring', size: 10 })).toBe('é');
  expect((await vm.execute('query-chardev-backends')).map(({ name }) => name)).toContain('socket');
});
