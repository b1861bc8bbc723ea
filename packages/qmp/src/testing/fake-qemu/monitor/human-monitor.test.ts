import { describe, expect, it } from 'vitest';

import { eventsOf, startFake } from '../fake-qemu.test-kit.ts';

describe('the human monitor of a fake QEMU', () => {
  it('tells what it can be told, and asked', async () => {
    const { vm } = await startFake();
    const tell = (line: string): Promise<string> => vm.execute('human-monitor-command', { 'command-line': line });
    expect(await tell('help')).toContain('stop|s  -- stop emulation\r\n');
    expect(await tell('?')).toBe(await tell('help'));
    expect(await tell('info')).toContain('info status  -- show the current VM status\r\n');
  });

  it('answers from the state that there is', async () => {
    const { qemu, vm } = await startFake({
      accelerator: 'kvm',
      cpus: 2,
      devices: [{ driver: 'virtio-balloon-pci' }, { driver: 'ide-cd', id: 'cd', bus: 'ide.0' }],
      blockdevs: [
        { driver: 'null-co', 'node-name': 'disk', size: 1024 },
        { driver: 'null-co', 'node-name': 'copy', size: 1024 },
      ],
    });
    await vm.execute('device_add', { driver: 'virtio-blk-pci', id: 'first', drive: 'disk' });
    const ask = (subject: string): Promise<string> =>
      vm.execute('human-monitor-command', { 'command-line': `info ${subject}` });
    expect(await ask('version')).toBe('11.1.0FakeQemu\r\n');
    expect(await ask('kvm')).toBe('kvm support: enabled\r\n');
    expect(await ask('cpus')).toBe(
      '* CPU #0: thread_id=10000 model=qemu64\r\n  CPU #1: thread_id=10001 model=qemu64\r\n',
    );
    expect(await ask('chardev')).toMatch(/^compat_monitor0: filename=unix:/);
    expect(await ask('balloon')).toBe('balloon: actual=128\r\n');
    expect(await ask('block')).toBe(
      'cd: [not inserted]\r\n' +
        '/machine/peripheral/first/virtio-backend: json:{"driver": "null-co", "size": 1024} (null-co)\r\n',
    );
    await vm.execute('blockdev-mirror', { 'job-id': 'job', device: 'disk', target: 'copy', sync: 'full', speed: 1 });
    await qemu.clock.advance(10_000);
    expect(await ask('block-jobs')).toBe(
      'Type mirror, device job: Completed 10 of 1024 bytes, speed limit 1 bytes/s\r\n',
    );
  });

  it('lists snapshots, makes them and loads them', async () => {
    const { vm } = await startFake({
      blockdevs: [{ driver: 'qcow2', 'node-name': 'disk', file: { driver: 'file', filename: '/disk' } }],
    });
    const tell = (line: string): Promise<string> => vm.execute('human-monitor-command', { 'command-line': line });
    expect(await tell('info snapshots')).toBe('There is no snapshot available.\r\n');
    expect(await tell('savevm before')).toBe('');
    const [, , row = ''] = (await tell('info snapshots')).split('\r\n');
    expect(row).toMatch(/^-- {6}before {10} +488 KiB \d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2} /);
    expect(await tell('loadvm before')).toBe('');
    expect(await tell('delvm before')).toBe('');
    expect(eventsOf(vm)).toEqual(['STOP', 'RESUME', 'STOP', 'RESUME']);
  });

  it('changes devices, the balloon, and disks', async () => {
    const { qemu, vm } = await startFake({ devices: [{ driver: 'virtio-balloon-pci' }, { driver: 'qemu-xhci' }] });
    const tell = (line: string): Promise<string> => vm.execute('human-monitor-command', { 'command-line': line });
    expect(await tell('device_add usb-tablet,id=tablet,msos-desc')).toBe('');
    expect(await vm.execute('qom-get', { path: 'tablet', property: 'msos-desc' })).toBe('on');
    expect(await tell('device_del tablet')).toBe('');
    expect(await tell('balloon 64')).toBe('');
    await qemu.clock.runUntilIdle();
    expect(await vm.execute('query-balloon')).toEqual({ actual: 64 * 2 ** 20 });
    expect(await tell('delvm nothing')).toBe('');
    expect(await tell('qemu-io nothing "write 0 1M"')).toBe(
      "Error: Cannot find device='nothing' nor node-name='nothing'\r\n",
    );
    await vm.execute('blockdev-add', { driver: 'null-co', 'node-name': 'disk' });
    expect(await tell('qemu-io disk "read 0 1M"')).toBe('Error: Only writing is played here: write OFFSET COUNT\r\n');
    expect(await tell('qemu-io disk "write 0 512"')).toBe('');
    expect(await tell('system_wakeup')).toBe('Error: Unable to wake up: guest is not in suspended state\r\n');
  });

  it('ends QEMU', async () => {
    const { qemu, vm } = await startFake();
    await vm.execute('human-monitor-command', { 'command-line': 'q' });
    expect(await qemu.ended).toBe('host-qmp-quit');
  });
});
