import { CommandError } from '../../../server/command-error.ts';
import type { DeviceTree } from '../devices/device-tree.ts';
import { genericError } from '../errors.ts';
import type { GuestReactions } from '../guest/guest-reactions.ts';
import type { Emit } from '../handlers.ts';
import type { MemorySlots } from './memory-slots.ts';

/** The balloon by which a guest gives memory back. */
export class Balloon {
  readonly #devices: DeviceTree;
  readonly #memory: MemorySlots;
  readonly #reactions: GuestReactions;
  readonly #emit: Emit;
  #actualBytes: number | undefined;

  constructor(devices: DeviceTree, memory: MemorySlots, reactions: GuestReactions, emit: Emit) {
    this.#devices = devices;
    this.#memory = memory;
    this.#reactions = reactions;
    this.#emit = emit;
  }

  /** @throws CommandError where the machine has no balloon. */
  get actualBytes(): number {
    this.#checkDevice();
    return this.#actualBytes ?? this.#totalBytes;
  }

  /**
   * Asks the guest to do with so much memory.
   *
   * @throws CommandError where the machine has no balloon.
   */
  setTarget(bytes: number): void {
    this.#checkDevice();
    if (bytes <= 0) throw genericError("Parameter 'value' expects a size");
    if (this.#reactions.habits.onBalloon === 'ignores') return;
    this.#reactions.add(() => this.inflateTo(bytes));
  }

  /** The guest does with so much memory from now on. */
  inflateTo(bytes: number): void {
    const actual = Math.min(bytes, this.#totalBytes);
    if (actual === (this.#actualBytes ?? this.#totalBytes)) return;
    this.#actualBytes = actual;
    this.#emit('BALLOON_CHANGE', { actual });
  }

  get #totalBytes(): number {
    return this.#memory.baseBytes + this.#memory.pluggedBytes;
  }

  #checkDevice(): void {
    if (this.#devices.all.some(({ model }) => model.name.startsWith('virtio-balloon'))) return;
    throw new CommandError('DeviceNotActive', 'No balloon device has been activated');
  }
}
