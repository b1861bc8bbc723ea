import type { VirtualClock } from '../clock/virtual-clock.ts';
import { genericError } from '../errors.ts';
import type { GuestReactions } from '../guest/guest-reactions.ts';
import type { Emit } from '../handlers.ts';
import { backendPath, type Device } from './device.ts';
import type { DeviceTree } from './device-tree.ts';

/** Buses that a device can be taken off without asking the guest. */
const UNASKED: ReadonlySet<string> = new Set(['usb-bus', 'SCSI', 'virtio-serial-bus', 'ccid-bus']);

/** Takes devices out of a running machine, most of which the guest has to let go first. */
export class Unplug {
  readonly #devices: DeviceTree;
  readonly #reactions: GuestReactions;
  readonly #clock: VirtualClock;
  readonly #emit: Emit;

  constructor(devices: DeviceTree, reactions: GuestReactions, clock: VirtualClock, emit: Emit) {
    this.#devices = devices;
    this.#reactions = reactions;
    this.#clock = clock;
    this.#emit = emit;
  }

  /**
   * `device_del`.
   *
   * @throws CommandError if there is no such device, or it cannot go.
   */
  request(idOrPath: string): void {
    const device = this.#devices.find(idOrPath);
    const { model, bus } = device;
    if (device.isLeaving) throw genericError(`Device ${device.id ?? idOrPath} is already in the process of unplug`);
    if (bus?.isHotpluggable === false) throw genericError(`Bus '${bus.name}' does not support hotplugging`);
    if (!model.isHotpluggable) throw genericError(`Device '${model.name}' does not support hotplugging`);
    if (UNASKED.has(model.busType)) return this.release([device]);
    device.isLeaving = true;
    const { onUnplug } = this.#reactions.habits;
    if (onUnplug === 'releases') this.#reactions.add(() => this.release([device]));
    if (onUnplug === 'refuses') this.#reactions.add(() => this.refuse(device));
  }

  /** The guest has let devices go. */
  release(devices: readonly Device[]): void {
    const gone = devices.flatMap((device) => [...this.#devices.childrenOf(device), device]);
    for (const device of gone) this.#devices.remove(device);
    const [parents, children] = [
      gone.filter((device) => devices.includes(device)),
      gone.filter((device) => !devices.includes(device)),
    ];
    for (const device of children) this.#tell(device);
    for (const device of parents) {
      const path = backendPath(device);
      if (path !== device.path) this.#emit('DEVICE_DELETED', { path });
    }
    for (const device of parents) this.#tell(device);
  }

  /** The guest does not let a device go. */
  refuse(device: Device): void {
    device.isLeaving = false;
    this.#emit('DEVICE_UNPLUG_GUEST_ERROR', named(device));
  }

  /** The machine begins anew, without the devices that were to leave. */
  reset(): void {
    const leaving = this.#devices.all.filter(({ isLeaving }) => isLeaving);
    if (leaving.length > 0) this.#clock.soon(() => this.release(leaving));
  }

  #tell(device: Device): void {
    this.#emit('DEVICE_DELETED', named(device));
  }
}

function named({ id, path }: Device): { readonly device?: string; readonly path: string } {
  return id === undefined ? { path } : { device: id, path };
}
