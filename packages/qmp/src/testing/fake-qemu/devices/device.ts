import type { JsonObject, JsonValue } from '@qmp/protocol/codecs';

import type { DeviceModel } from './device-models.ts';

/** A device of the machine. */
export interface Device {
  readonly id: string | undefined;
  /** Its place in QEMU's tree of objects. */
  readonly path: string;
  readonly model: DeviceModel;
  readonly properties: JsonObject;
  /** The bus that it is on; undefined for one that needs none. */
  readonly bus: Bus | undefined;
  /** The function that it takes on a PCI bus: `2.0`. */
  readonly address: string | undefined;
  /** What QEMU's tree of objects shows of it. */
  readonly qomProperties: Map<string, JsonValue>;
  /** The guest was asked to let it go. */
  isLeaving: boolean;
}

/** What devices are plugged into. */
export interface Bus {
  readonly name: string;
  readonly type: string;
  readonly isHotpluggable: boolean;
  /** The device that it belongs to; the machine itself has some, too. */
  readonly owner: Device | undefined;
}

/** Whether a device is a virtio device behind a PCI interface: two objects, both of which are told of when they go. */
function isVirtioPci({ model }: Device): boolean {
  return model.busType === 'PCI' && /^(?:virtio|vhost)-/.test(model.name);
}

/** The path of the object inside of it that does its work; its own where there is none. */
export function backendPath(device: Device): string {
  if (isVirtioPci(device)) return `${device.path}/virtio-backend`;
  if (device.model.name === 'usb-storage') return `${device.path}/${device.id ?? 'usb-storage'}.0/legacy[0]`;
  return device.path;
}

/** The type that has the properties of what it does: `virtio-net-device` for `virtio-net-pci`. */
export function backendType(model: DeviceModel): string {
  return /^virtio-.*-pci/.test(model.name) ? model.name.replace(/-pci.*$/, '-device') : model.name;
}
