import { describe, expect, it, onTestFinished } from 'vitest';

import { QmpClient } from '../../client/qmp-client.ts';
import { CommandError } from '../../server/command-error.ts';
import { eventsOf, startFake } from './fake-qemu.test-kit.ts';
import { FakeQemu } from './fake-qemu.ts';

describe('FakeQemu', () => {
  it('is a QEMU to a client, from the greeting to the end', async () => {
    await using qemu = await FakeQemu.start();
    const vm = await QmpClient.connect(qemu.transport());
    expect(vm.greeting?.QMP.version).toEqual({ qemu: { major: 11, minor: 1, micro: 0 }, package: 'FakeQemu' });
    expect(await vm.execute('query-status')).toEqual({ status: 'running', running: true });
    const stopped = vm.events.next('STOP');
    await vm.execute('stop');
    await stopped;
    expect(qemu.status).toBe('paused');
    await vm.execute('quit');
    expect(await vm.closed).toEqual({ kind: 'disconnected' });
    expect(await qemu.ended).toBe('host-qmp-quit');
  });

  it('knows its vocabulary, and keeps to it', async () => {
    const { qemu } = await startFake();
    const vm = await QmpClient.connect(qemu.transport(), { validate: { replies: true } });
    onTestFinished(() => vm.abort());
    const { commands } = await vm.schema();
    expect(commands.size).toBeGreaterThan(200);
    for (const command of ['query-block', 'query-cpus-fast', 'query-migrate-parameters', 'query-memdev'] as const) {
      await vm.execute(command);
    }
    await vm.execute('blockdev-add', { driver: 'null-co', 'node-name': 'disk' });
    expect(await vm.execute('query-named-block-nodes')).toMatchObject([{ 'node-name': 'disk' }]);
  });

  it('says of what it does not play that it does not, and takes a handler for it', async () => {
    const { qemu, vm } = await startFake();
    const refusal = "FakeQemu does not play query-rx-filter; give it a handler: qemu.handle('query-rx-filter', ...)";
    await expect(vm.execute('query-rx-filter')).rejects.toThrow(refusal);
    await expect(vm.executeRaw('make-coffee')).rejects.toMatchObject({ errorClass: 'CommandNotFound' });
    const handled = qemu.handle('query-rx-filter', () => []);
    expect(await vm.execute('query-rx-filter')).toEqual([]);
    handled[Symbol.dispose]();
    await expect(vm.execute('query-rx-filter')).rejects.toThrow(refusal);
  });

  it('refuses what a test wants it to refuse', async () => {
    const { qemu, vm } = await startFake();
    using refusal = qemu.handle('blockdev-add', () => {
      throw new CommandError('GenericError', 'Too many open files');
    });
    await expect(vm.execute('blockdev-add', { driver: 'null-co', 'node-name': 'disk' })).rejects.toThrow(
      'Too many open files',
    );
    refusal[Symbol.dispose]();
    await vm.execute('blockdev-add', { driver: 'null-co', 'node-name': 'disk' });
  });

  it('sends any event on demand, to everybody', async () => {
    const { qemu, vm } = await startFake();
    const other = await QmpClient.connect(qemu.transport());
    onTestFinished(() => other.abort());
    const both = [vm, other].map((client) => client.events.next('RTC_CHANGE'));
    qemu.emit('RTC_CHANGE', { offset: 1, 'qom-path': '/machine/rtc' });
    for (const { data, timestamp } of await Promise.all(both)) {
      expect(data).toEqual({ offset: 1, 'qom-path': '/machine/rtc' });
      expect(Math.abs(timestamp.seconds - Date.now() / 1000)).toBeLessThan(10);
    }
  });

  it('does not start with a device that QEMU would not start with', async () => {
    await expect(FakeQemu.start({ devices: [{ driver: 'what' }] })).rejects.toThrow(
      "'what' is not a valid device model name",
    );
  });

  it('begins with what stands on the command line', async () => {
    const { vm } = await startFake({
      name: 'vm',
      accelerator: 'kvm',
      blockdevs: [{ driver: 'null-co', 'node-name': 'disk' }],
      objects: [{ 'qom-type': 'iothread', id: 'thread' }],
      devices: [
        { driver: 'virtio-blk-pci', id: 'first', drive: 'disk' },
        { driver: 'ide-cd', bus: 'ide.0' },
      ],
    });
    expect(await vm.execute('query-kvm')).toEqual({ enabled: true, present: true });
    expect(await vm.execute('query-block')).toMatchObject([
      { inserted: { 'node-name': 'disk' } },
      { tray_open: false },
    ]);
    expect(await vm.execute('query-iothreads')).toMatchObject([{ id: 'thread' }]);
    expect(vm.events.history).toEqual([]);
  });

  it('dies without a word', async () => {
    const { qemu, vm } = await startFake();
    qemu.crash();
    expect(await vm.closed).toMatchObject({ kind: 'lost', error: { name: 'EndOfStreamError' } });
    expect(await qemu.ended).toBe('crash');
    expect(() => qemu.transport()).toThrow('closed');
  });

  it('says goodbye when its process is asked to go', async () => {
    const { qemu, vm } = await startFake();
    qemu.terminate();
    await vm.closed;
    expect(eventsOf(vm)).toEqual(['SHUTDOWN host-signal']);
    expect(await qemu.ended).toBe('host-signal');
  });

  it('ends with its guest when that panics', async () => {
    const { qemu, vm } = await startFake();
    qemu.panic();
    await vm.closed;
    expect(eventsOf(vm)).toEqual(['GUEST_PANICKED poweroff', 'STOP', 'SHUTDOWN guest-panic']);
    expect(await qemu.ended).toBe('guest-panic');
  });

  it('tells who is connected', async () => {
    const { qemu, vm } = await startFake();
    expect([...qemu.clients].map(({ hasNegotiated }) => hasNegotiated)).toEqual([true]);
    await vm.disconnect();
    await expect.poll(() => qemu.clients.size).toBe(0);
  });

  it('hangs up when it is closed, and can be closed again', async () => {
    const { qemu, vm } = await startFake();
    await qemu.close();
    expect((await vm.closed).kind).toBe('lost');
    await qemu.close();
    expect(await qemu.ended).toBe('closed');
  });
});
