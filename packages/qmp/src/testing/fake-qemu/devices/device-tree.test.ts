import { describe, expect, it } from 'vitest';

import { startFake } from '../fake-qemu.test-kit.ts';

describe('the devices of a fake QEMU', () => {
  it('get the first free place on a bus, until there is none', async () => {
    const { vm } = await startFake();
    await expect(vm.execute('device_add', { driver: 'e1000', addr: '0' })).rejects.toThrow('in use by i440FX');
    await expect(vm.execute('device_add', { driver: 'e1000', addr: '2' })).rejects.toThrow('in use by VGA');
    await vm.execute('device_add', { driver: 'e1000', id: 'odd', addr: 0x1f * 8 + 1 });
    await expect(vm.execute('device_add', { driver: 'e1000', addr: '0x1f.1' })).rejects.toThrow(
      'PCI: slot 31 function 1 not available for e1000, in use by e1000,id=odd',
    );
    for (let count = 0; count < 29; count += 1) await vm.execute('device_add', { driver: 'e1000' });
    await expect(vm.execute('device_add', { driver: 'e1000' })).rejects.toThrow('no slot/function available for e1000');
  });

  it('bring buses, which go with them', async () => {
    const { qemu, vm } = await startFake();
    await vm.execute('device_add', { driver: 'pci-bridge', id: 'bridge', chassis_nr: 1 });
    await vm.execute('device_add', { driver: 'virtio-net', id: 'net', bus: 'bridge', addr: '3' });
    await vm.execute('device_add', { driver: 'virtio-scsi-pci' });
    await vm.execute('device_add', { driver: 'scsi-cd', bus: 'scsi.0' });
    expect(await vm.execute('qom-get', { path: 'net', property: 'type' })).toBe('virtio-net-pci');
    await vm.execute('device_del', { id: 'bridge' });
    await qemu.clock.runUntilIdle();
    await expect(vm.execute('device_add', { driver: 'e1000', bus: 'bridge' })).rejects.toThrow(
      "Bus 'bridge' not found",
    );
    await expect(vm.execute('qom-get', { path: 'net', property: 'type' })).rejects.toThrow("Device 'net' not found");
    const anonymous = await vm.execute('qom-list', { path: '/machine/peripheral-anon' });
    expect(anonymous.map(({ type }) => type)).toEqual([
      'string',
      'child<VGA>',
      'child<virtio-scsi-pci>',
      'child<scsi-cd>',
    ]);
  });

  it('leave a network, a disk and memory to others when they go', async () => {
    const { qemu, vm } = await startFake({ memorySlots: 1 });
    await vm.execute('netdev_add', { type: 'user', id: 'user' });
    await vm.execute('object-add', { 'qom-type': 'memory-backend-ram', id: 'memory', size: 2 ** 27 });
    for (let round = 0; round < 2; round += 1) {
      await vm.execute('device_add', { driver: 'e1000', id: 'net', netdev: 'user' });
      await vm.execute('device_add', { driver: 'pc-dimm', id: 'dimm', memdev: 'memory' });
      await vm.execute('device_del', { id: 'net' });
      await vm.execute('device_del', { id: 'dimm' });
      await qemu.clock.runUntilIdle();
    }
    await vm.execute('device_add', { driver: 'pc-dimm', memdev: 'memory' });
    await vm.execute('object-add', { 'qom-type': 'memory-backend-ram', id: 'more', size: 2 ** 27 });
    await expect(vm.execute('device_add', { driver: 'pc-dimm', memdev: 'more' })).rejects.toThrow('no free slots');
    expect(await vm.execute('query-memory-devices')).toMatchObject([{ data: { slot: 0, memdev: '/objects/memory' } }]);
  });

  it('stay where they cannot be taken out', async () => {
    const { vm } = await startFake({
      devices: [
        { driver: 'VGA', id: 'vga' },
        { driver: 'isa-serial', id: 'serial' },
      ],
    });
    await expect(vm.execute('device_del', { id: 'vga' })).rejects.toThrow("Device 'VGA' does not support hotplugging");
    await expect(vm.execute('device_del', { id: 'serial' })).rejects.toThrow(
      "Bus 'isa.0' does not support hotplugging",
    );
  });

  it('are told of by the path of what works inside', async () => {
    const { qemu, vm } = await startFake({ devices: [{ driver: 'qemu-xhci' }] });
    await vm.execute('blockdev-add', { driver: 'null-co', 'node-name': 'disk' });
    await vm.execute('device_add', { driver: 'usb-storage', id: 'stick', drive: 'disk' });
    expect(await vm.execute('query-block')).toMatchObject([
      { qdev: '/machine/peripheral/stick/stick.0/legacy[0]', removable: false },
    ]);
    await vm.execute('device_del', { id: 'stick' });
    expect(vm.events.history.map(({ data }) => data)).toEqual([
      { path: '/machine/peripheral/stick/stick.0/legacy[0]' },
      { device: 'stick', path: '/machine/peripheral/stick' },
    ]);
    expect(qemu.status).toBe('running');
  });

  it('are found by device only where that is what they are called', async () => {
    const { vm } = await startFake();
    const drive = { device: 'ide1-cd0' };
    await expect(vm.execute('eject', drive)).rejects.toMatchObject({ errorClass: 'DeviceNotFound' });
  });
});
