import { describe, expect, it } from 'vitest';

import { delivered, eventsOf, startFake } from '../fake-qemu.test-kit.ts';

const MEBIBYTE = 2 ** 20;

describe('the guest of a fake QEMU', () => {
  it('shuts down when the power button is pressed, after a while', async () => {
    const { qemu, vm } = await startFake({ guest: { reactionMs: 100 } });
    await vm.execute('system_powerdown');
    await qemu.clock.advance(99);
    await delivered(vm);
    expect(eventsOf(vm)).toEqual(['POWERDOWN']);
    await qemu.clock.advance(1);
    await vm.closed;
    expect(eventsOf(vm)).toEqual(['POWERDOWN', 'SHUTDOWN guest-shutdown']);
    expect(await qemu.ended).toBe('guest-shutdown');
  });

  it('ignores the power button when it is to', async () => {
    const { qemu, vm } = await startFake({ guest: { onPowerdown: 'ignores' } });
    await vm.execute('system_powerdown');
    expect(await qemu.clock.step()).toBe(false);
    qemu.guest.habits.onPowerdown = 'shuts-down';
    await vm.execute('system_powerdown');
    expect(await qemu.clock.step()).toBe(true);
  });

  it('does nothing while it stands still, and makes up for it', async () => {
    const { qemu, vm } = await startFake();
    await vm.execute('system_powerdown');
    await vm.execute('stop');
    await qemu.clock.runUntilIdle();
    await delivered(vm);
    expect(eventsOf(vm)).toEqual(['POWERDOWN', 'STOP']);
    await vm.execute('cont').catch(() => undefined);
    expect(await qemu.ended).toBe('guest-shutdown');
  });

  it('forgets what it was about to do when it is reset', async () => {
    const { qemu, vm } = await startFake();
    await vm.execute('system_powerdown');
    await vm.execute('system_reset');
    expect(await qemu.clock.step()).toBe(false);
    expect(qemu.status).toBe('running');
  });

  it('lets a device go: two events, the second of which names it', async () => {
    const { qemu, vm } = await startFake();
    await vm.execute('device_add', { driver: 'virtio-net-pci', id: 'net' });
    await vm.execute('device_del', { id: 'net' });
    await qemu.clock.runUntilIdle();
    await delivered(vm);
    expect(vm.events.history.map(({ data }) => data)).toEqual([
      { path: '/machine/peripheral/net/virtio-backend' },
      { device: 'net', path: '/machine/peripheral/net' },
    ]);
  });

  it('refuses to let a device go, and may be asked again', async () => {
    const { qemu, vm } = await startFake({ guest: { onUnplug: 'refuses' } });
    await vm.execute('device_add', { driver: 'e1000', id: 'net' });
    await vm.execute('device_del', { id: 'net' });
    await expect(vm.execute('device_del', { id: 'net' })).rejects.toThrow('already in the process of unplug');
    await qemu.clock.runUntilIdle();
    await delivered(vm);
    expect(eventsOf(vm)).toEqual(['DEVICE_UNPLUG_GUEST_ERROR net']);
    await vm.execute('device_del', { id: 'net' });
    qemu.guest.refuse('net');
    qemu.guest.release('net');
    await delivered(vm);
    expect(eventsOf(vm)).toEqual([
      'DEVICE_UNPLUG_GUEST_ERROR net',
      'DEVICE_UNPLUG_GUEST_ERROR net',
      'DEVICE_DELETED net',
    ]);
  });

  it('follows the balloon, down and up', async () => {
    const { qemu, vm } = await startFake({ devices: [{ driver: 'virtio-balloon-pci' }], clock: 'automatic' });
    const deflated = vm.events.next('BALLOON_CHANGE');
    await vm.execute('balloon', { value: 64 * MEBIBYTE });
    expect((await deflated).data).toEqual({ actual: 64 * MEBIBYTE });
    await vm.execute('balloon', { value: 64 * MEBIBYTE });
    await qemu.clock.advance(2_000);
    const inflated = vm.events.next('BALLOON_CHANGE');
    await vm.execute('balloon', { value: 1024 * MEBIBYTE });
    expect((await inflated).data).toEqual({ actual: 128 * MEBIBYTE });
    expect(await vm.execute('query-balloon')).toEqual({ actual: 128 * MEBIBYTE });
    qemu.guest.habits.onBalloon = 'ignores';
    await vm.execute('balloon', { value: MEBIBYTE });
    expect(await vm.execute('query-balloon')).toEqual({ actual: 128 * MEBIBYTE });
  });

  it('ends without a word when its watchdog switches it off', async () => {
    const { qemu, vm } = await startFake({ actions: { watchdog: 'poweroff' } });
    qemu.guest.starveWatchdog();
    await vm.closed;
    expect(eventsOf(vm)).toEqual(['WATCHDOG poweroff']);
  });

  it('sleeps only while it runs', async () => {
    const { qemu, vm } = await startFake({ isStopped: true });
    qemu.guest.suspend();
    expect(qemu.status).toBe('prelaunch');
    await vm.execute('cont');
    qemu.guest.suspend();
    qemu.guest.suspend();
    await delivered(vm);
    expect(eventsOf(vm)).toEqual(['RESUME', 'SUSPEND']);
  });

  it('writes to its disks, and gives jobs more to do', async () => {
    const { qemu, vm } = await startFake({
      disks: {
        '/disk': { format: 'qcow2', sizeBytes: 64 * MEBIBYTE, dataBytes: 0 },
        '/copy': { sizeBytes: 64 * MEBIBYTE },
      },
      blockdevs: [
        { driver: 'qcow2', 'node-name': 'disk', file: { driver: 'file', filename: '/disk' } },
        { driver: 'file', 'node-name': 'copy', filename: '/copy' },
      ],
    });
    qemu.guest.write('disk', 3 * MEBIBYTE);
    await vm.execute('blockdev-mirror', { 'job-id': 'job', device: 'disk', target: 'copy', sync: 'full' });
    expect(await vm.execute('query-block-jobs')).toMatchObject([{ len: 3 * MEBIBYTE }]);
    await vm.execute('device_add', { driver: 'virtio-blk-pci', drive: 'copy' });
    qemu.guest.write('copy', 512);
    expect(await vm.execute('query-blockstats')).toMatchObject([{ stats: { wr_bytes: 512, wr_operations: 1 } }]);
    expect(() => qemu.guest.write('nothing', 1)).toThrow("node-name='nothing'");
  });

  it('reboots, and panics as it is told what to do then', async () => {
    const { qemu, vm } = await startFake({ actions: { panic: 'pause' } });
    qemu.guest.reset();
    qemu.guest.panic({ type: 'hyper-v', arg1: 1, arg2: 2, arg3: 3, arg4: 4, arg5: 5 });
    await delivered(vm);
    expect(eventsOf(vm)).toEqual(['RESET guest-reset', 'GUEST_PANICKED pause', 'STOP']);
    expect(vm.events.history[1]?.data).toMatchObject({ info: { type: 'hyper-v', arg1: 1 } });
    expect(qemu.status).toBe('guest-panicked');
  });
});
