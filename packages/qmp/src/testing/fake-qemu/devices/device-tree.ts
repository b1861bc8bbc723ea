import type { JsonObject } from '@qmp/protocol/codecs';

import { deviceNotFound, genericError } from '../errors.ts';
import { isIdentifier } from '../identifier.ts';
import type { Backends } from './backends.ts';
import { Buses } from './buses.ts';
import type { Device } from './device.ts';
import { findModel } from './device-models.ts';
import type { Drive } from './drive.ts';
import { pciAddress } from './pci-address.ts';
import { propertyText } from './property-text.ts';
import { connectBackends } from './connect-backends.ts';

/** What all devices have in common. */
interface DeviceArguments extends JsonObject {
  readonly driver?: string;
  readonly bus?: string;
  readonly id?: string;
}

/** The devices of the machine, and the buses that they are on. */
export class DeviceTree {
  readonly #backends: Backends;
  readonly #buses = new Buses();
  readonly #devices = new Map<string, Device>();
  readonly #drives = new Map<string, Drive>();
  #anonymous = 0;

  constructor(backends: Backends) {
    this.#backends = backends;
  }

  get all(): readonly Device[] {
    return [...this.#devices.values()];
  }

  get drives(): readonly Drive[] {
    return [...this.#drives.values()];
  }

  /**
   * Adds a device; `isHotplug` unless the machine is being put together.
   *
   * @throws CommandError where QEMU refuses it.
   */
  add(args: JsonObject, isHotplug: boolean): Device {
    const { driver, bus: busName, id, ...properties } = args as DeviceArguments;
    if (driver === undefined) throw genericError("Parameter 'driver' is missing");
    const model = findModel(driver);
    if (model === undefined) throw genericError(`'${driver}' is not a valid device model name`);
    const bus = this.#buses.find(model, busName, isHotplug);
    if (isHotplug && !model.isHotpluggable) throw genericError(`Device '${model.name}' does not support hotplugging`);
    if (id !== undefined) this.#checkId(id);
    const neighbours = this.all.filter((device) => device.bus === bus);
    const { addr: wanted } = properties;
    const address = bus?.type === 'PCI' ? pciAddress(model, wanted, neighbours) : undefined;
    const path = id === undefined ? `${ANONYMOUS}/device[${this.#anonymous}]` : `${NAMED}/${id}`;
    const device: Device = {
      id,
      path,
      model,
      properties,
      bus,
      address,
      qomProperties: new Map(Object.entries({ ...properties, realized: true })),
      isLeaving: false,
    };
    const drive = connectBackends(device, this.#backends, this.all);
    if (id === undefined) this.#anonymous += 1;
    this.#devices.set(path, device);
    if (drive !== undefined) this.#drives.set(drive.path, drive);
    this.#buses.addThoseOf(device);
    return device;
  }

  /** @throws CommandError if there is no device of that id or path. */
  find(idOrPath: string): Device {
    const device = this.#devices.get(idOrPath) ?? this.#devices.get(`${NAMED}/${idOrPath}`);
    if (device === undefined) throw deviceNotFound(idOrPath);
    return device;
  }

  /** @throws CommandError if there is no such device, or it is none that a disk can be in. */
  findDrive(idOrPath: string): Drive {
    const drive = this.#drives.get(idOrPath) ?? this.#drives.get(this.find(idOrPath).path);
    if (drive === undefined) throw genericError('Device does not have a block device backend');
    return drive;
  }

  /** The devices on the buses of another one, the latest first. */
  childrenOf(device: Device): readonly Device[] {
    return this.all.filter(({ bus }) => bus?.owner === device).reverse();
  }

  /** Takes a device out, and disconnects what it was connected to. */
  remove(device: Device): void {
    this.#devices.delete(device.path);
    this.#buses.removeThoseOf(device);
    for (const [path, drive] of this.#drives) {
      if (drive.device !== device) continue;
      drive.remove();
      this.#drives.delete(path);
    }
    const netdev = this.#backends.netdevs.get(propertyText(device.properties['netdev']));
    if (netdev !== undefined) netdev.user = undefined;
    const memory = this.#backends.objects.get(propertyText(device.properties['memdev']));
    if (memory !== undefined) memory.user = undefined;
    this.#backends.memory.remove(device);
  }

  #checkId(id: string): void {
    if (!isIdentifier(id)) throw genericError(`Invalid qdev ID '${id}'`);
    if (this.#devices.has(`${NAMED}/${id}`)) throw genericError(`Duplicate device ID '${id}'`);
  }
}

const NAMED = '/machine/peripheral';
const ANONYMOUS = '/machine/peripheral-anon';
