import { CommandError } from '../../../server/command-error.ts';
import type { DiskImage } from '../block/disk-image.ts';
import type { NodeGraph } from '../block/node-graph.ts';
import type { VirtualClock } from '../clock/virtual-clock.ts';
import { genericError } from '../errors.ts';
import type { RunState } from '../run-state/run-state.ts';
import { addSnapshot, hasSnapshot, imageWithSnapshots, removeSnapshot } from './internal-snapshot.ts';

/** The disks that a snapshot is about, by their nodes; `vmstate` is the one that holds the machine's state. */
export interface SnapshotDisks {
  readonly devices: readonly string[];
  readonly vmstate?: string;
}

/** Snapshots of the whole machine: its disks and its state, under one name. */
export class VmSnapshots {
  readonly #graph: NodeGraph;
  readonly #runState: RunState;
  readonly #clock: VirtualClock;

  constructor(graph: NodeGraph, runState: RunState, clock: VirtualClock) {
    this.#graph = graph;
    this.#runState = runState;
    this.#clock = clock;
  }

  /** @throws CommandError for disks that cannot have it. */
  save(tag: string, disks: SnapshotDisks): void {
    const images = this.#images(disks);
    if ([...images.values()].some((image) => hasSnapshot(image, tag))) {
      throw genericError(`Snapshot '${tag}' already exists in one or more devices`);
    }
    const ran = this.#runState.isRunning;
    this.#runState.stop('save-vm');
    for (const [name, image] of images) addSnapshot(image, tag, this.#clock.now(), name === disks.vmstate);
    if (ran) this.#runState.resume();
  }

  /** @throws CommandError if there is no such snapshot; the guest stands still by then. */
  load(tag: string, disks: SnapshotDisks): void {
    const ran = this.#runState.isRunning;
    this.#runState.stop('restore-vm');
    if (![...this.#images(disks).values()].every((image) => hasSnapshot(image, tag))) {
      throw genericError(`Snapshot '${tag}' does not exist in one or more devices`);
    }
    if (ran) this.#runState.resume();
  }

  /** @throws CommandError for disks that have none. */
  delete(tag: string, disks: SnapshotDisks): void {
    for (const image of this.#images(disks).values()) removeSnapshot(image, tag);
  }

  /** All disks that keep snapshots: what the human monitor's commands are about. */
  get everyDisk(): SnapshotDisks {
    const devices = this.#graph.nodes.filter((node) => imageWithSnapshots(node) !== undefined && !node.isReadOnly);
    const [first] = devices;
    if (first === undefined) throw genericError('no block device can store vmstate for snapshot');
    return { devices: devices.map(({ name }) => name), vmstate: first.name };
  }

  #images({ devices, vmstate }: SnapshotDisks): Map<string, DiskImage> {
    if (devices.length === 0) throw genericError('At least one device is required for snapshot');
    const images = new Map<string, DiskImage>();
    for (const name of devices) {
      const node = this.#graph.get(name);
      if (node === undefined) throw genericError(`No block device node '${name}'`);
      const image = imageWithSnapshots(node);
      if (image === undefined) throw genericError(`Device '${name}' is writable but does not support snapshots`);
      images.set(name, image);
    }
    if (vmstate !== undefined && !images.has(vmstate)) {
      throw genericError(`vmstate block device '${vmstate}' does not exist`);
    }
    return images;
  }
}

/** What is wrong, if something is. */
export function faultOf(action: () => void): string | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    if (error instanceof CommandError) return error.message;
    throw error;
  }
}
