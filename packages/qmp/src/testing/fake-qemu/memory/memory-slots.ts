import type { MemoryDeviceInfo } from '../../../schema/types/qemu-11.1.gen.ts';
import { genericError } from '../errors.ts';
import type { Device } from '../devices/device.ts';
import { propertyText } from '../devices/property-text.ts';

/** How much memory a machine has, and how much more it can get. */
export interface MemoryOptions {
  /** What it begins with. */
  readonly sizeBytes: number;
  /** The modules that can be plugged in later; none unless told otherwise. */
  readonly slots?: number | undefined;
}

interface Module {
  readonly device: Device;
  readonly slot: number;
  readonly addressBytes: number;
  readonly sizeBytes: number;
}

/** Above the memory that a PC begins with, and everything that has its place below 4 GiB. */
const FIRST_ADDRESS = 2 ** 32;

/** The memory that a machine begins with, and the modules that were plugged in. */
export class MemorySlots {
  readonly baseBytes: number;
  readonly #slots: number;
  #modules: readonly Module[] = [];

  constructor({ sizeBytes, slots = 0 }: MemoryOptions) {
    this.baseBytes = sizeBytes;
    this.#slots = slots;
  }

  get hasSlots(): boolean {
    return this.#slots > 0;
  }

  get pluggedBytes(): number {
    return this.#modules.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  }

  /** What was plugged in, as QEMU tells of it. */
  get devices(): MemoryDeviceInfo[] {
    return this.#modules.map(({ device, slot, addressBytes, sizeBytes }) => ({
      type: 'dimm',
      data: {
        ...(device.id === undefined ? {} : { id: device.id }),
        addr: addressBytes,
        size: sizeBytes,
        slot,
        node: 0,
        memdev: `/objects/${propertyText(device.properties['memdev'])}`,
        hotplugged: true,
        hotpluggable: true,
      },
    }));
  }

  /** @throws CommandError where all slots are taken. */
  add(device: Device, sizeBytes: number): void {
    const taken = new Set(this.#modules.map(({ slot }) => slot));
    const slot = Array.from({ length: this.#slots }, (_, index) => index).find((index) => !taken.has(index));
    if (slot === undefined) throw genericError('no free slots available');
    const addressBytes = this.#modules.reduce(
      (end, module) => Math.max(end, module.addressBytes + module.sizeBytes),
      FIRST_ADDRESS,
    );
    this.#modules = [...this.#modules, { device, slot, addressBytes, sizeBytes }];
  }

  remove(device: Device): void {
    this.#modules = this.#modules.filter((module) => module.device !== device);
  }
}
