import { genericError } from '../errors.ts';
import type { Bus, Device } from './device.ts';
import type { DeviceModel } from './device-models.ts';

/** Those of a PC. */
const BUILT_IN: readonly (readonly [name: string, type: string])[] = [
  ['pci.0', 'PCI'],
  ['isa.0', 'ISA'],
  ['ide.1', 'IDE'],
  ['ide.0', 'IDE'],
  ['floppy-bus.0', 'floppy-bus'],
  ['i2c', 'i2c-bus'],
  ['main-system-bus', 'System'],
];

/** Devices that bring a bus, by the type of it. */
const BRINGING: readonly (readonly [type: string, models: RegExp])[] = [
  ['SCSI', /^(?:virtio-scsi-pci|lsi53c|megasas|mptsas1068|pvscsi|am53c974|dc390|usb-bot|usb-uas)/],
  ['usb-bus', /^(?:qemu-xhci|nec-usb-xhci|usb-ehci|piix[34]-usb-uhci)$/],
  ['virtio-serial-bus', /^virtio-serial-pci/],
  ['IDE', /^ich9-ahci$/],
  ['nvme-bus', /^nvme$/],
  ['HDA', /^(?:ich9-)?intel-hda$/],
  ['sd-bus', /^sdhci-pci$/],
  ['ccid-bus', /^usb-ccid$/],
];
/** A bridge's bus is called like the bridge. */
const BRIDGES = /^(?:pci-bridge|pcie-root-port|ioh3420|i82801b11-bridge|pcie-pci-bridge)/;

/** The buses of a machine: its own, and those that devices bring. */
export class Buses {
  #buses: readonly Bus[] = BUILT_IN.map(([name, type]) => ({
    name,
    type,
    isHotpluggable: type === 'PCI',
    owner: undefined,
  }));

  /** @throws CommandError where a device cannot be plugged in: there is no such bus, or it is not for that. */
  find(model: DeviceModel, name: string | undefined, isHotplug: boolean): Bus | undefined {
    if (model.busType === '-') return undefined;
    const bus = name === undefined ? this.#firstFor(model) : this.#named(name);
    if (bus.type !== model.busType) throw genericError(`Device '${model.name}' can't go on ${bus.type} bus`);
    if (isHotplug && !bus.isHotpluggable) throw genericError(`Bus '${bus.name}' does not support hotplugging`);
    return bus;
  }

  /** Adds what a device brings. */
  addThoseOf(device: Device): void {
    const { name } = device.model;
    const owner = device;
    if (BRIDGES.test(name)) this.#add({ name: device.id ?? 'pci.1', type: 'PCI', isHotpluggable: true, owner });
    for (const [type, models] of BRINGING) {
      if (!models.test(name)) continue;
      const isHotpluggable = type !== 'IDE';
      this.#add({ name: `${device.id ?? type.toLowerCase()}.0`, type, isHotpluggable, owner });
    }
  }

  removeThoseOf(device: Device): void {
    this.#buses = this.#buses.filter(({ owner }) => owner !== device);
  }

  #add(bus: Bus): void {
    this.#buses = [...this.#buses, bus];
  }

  #firstFor(model: DeviceModel): Bus {
    const bus = this.#buses.find(({ type }) => type === model.busType);
    if (bus === undefined) throw genericError(`No '${model.busType}' bus found for device '${model.name}'`);
    return bus;
  }

  #named(name: string): Bus {
    const bus = this.#buses.find((each) => each.name === name);
    if (bus === undefined) throw genericError(`Bus '${name}' not found`);
    return bus;
  }
}
