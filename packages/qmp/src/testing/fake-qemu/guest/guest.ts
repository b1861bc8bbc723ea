import type { GuestPanicInformation } from '../../../schema/types/qemu-11.1.gen.ts';
import type { Machine } from '../machine/machine.ts';
import type { GuestHabits } from './guest-habits.ts';

/** The guest of a fake QEMU: what it does by itself, as a test wants it, and how it takes what is done to it. */
export class Guest {
  readonly #machine: Machine;

  constructor(machine: Machine) {
    this.#machine = machine;
  }

  /** How it reacts from now on. */
  get habits(): GuestHabits {
    return this.#machine.reactions.habits;
  }

  /** It switches the machine off. */
  shutDown(): void {
    this.#machine.power.shutDown('guest-shutdown');
  }

  /** It reboots. */
  reset(): void {
    this.#machine.power.reset('guest-reset', true);
  }

  /** Its kernel panics. */
  panic(info?: GuestPanicInformation): void {
    this.#machine.power.panic(info);
  }

  /** It goes to sleep. */
  suspend(): void {
    this.#machine.runState.suspend();
  }

  /** It lets its watchdog starve. */
  starveWatchdog(): void {
    this.#machine.power.watchdog();
  }

  /**
   * It lets a device go: one that it was asked for, or one that it throws out by itself.
   *
   * @throws CommandError if there is no such device.
   */
  release(idOrPath: string): void {
    const { devices, unplug } = this.#machine;
    unplug.release([devices.find(idOrPath)]);
  }

  /**
   * It does not let a device go that it was asked for.
   *
   * @throws CommandError if there is no such device.
   */
  refuse(idOrPath: string): void {
    const { devices, unplug } = this.#machine;
    unplug.refuse(devices.find(idOrPath));
  }

  /** Its balloon leaves it so much memory. */
  keepMemory(bytes: number): void {
    this.#machine.balloon.inflateTo(bytes);
  }

  /**
   * It writes to a disk: so much more there is for jobs to copy.
   *
   * @throws CommandError if there is no such node.
   */
  write(nodeName: string, bytes: number): void {
    const { graph, devices } = this.#machine;
    const node = graph.find(nodeName);
    node.write(bytes);
    for (const drive of devices.drives.filter((each) => each.node === node)) {
      const { written } = drive;
      drive.written = { bytes: written.bytes + bytes, operations: written.operations + 1 };
    }
  }
}
