import type { BlockInfo } from '../../../schema/types/qemu-11.1.gen.ts';
import type { BlockNode } from '../block/block-node.ts';
import type { NodeGraph } from '../block/node-graph.ts';
import { describeNode } from '../block/node-report.ts';
import type { Written } from '../block/stats-report.ts';
import { backendPath, type Device } from './device.ts';

/** A disk or a disk drive of the guest, as the block layer sees it. */
export class Drive {
  readonly device: Device;
  /** What the block layer calls it. */
  readonly path: string;
  readonly isRemovable: boolean;
  isTrayOpen = false;
  /** What the guest has written. */
  written: Written = { bytes: 0, operations: 0 };
  readonly #graph: NodeGraph;

  constructor(device: Device, graph: NodeGraph) {
    this.device = device;
    this.path = backendPath(device);
    this.isRemovable = device.model.name.endsWith('-cd') || device.model.name === 'floppy';
    this.#graph = graph;
  }

  /** What is in it. */
  get node(): BlockNode | undefined {
    return this.#graph.nodes.find(({ backends }) => backends.has(this.path));
  }

  /** How it is named in events and replies. */
  get name(): string {
    return this.path === this.device.path ? (this.device.id ?? this.path) : this.path;
  }

  /** @throws CommandError where a node may not be used so. */
  insert(node: BlockNode): void {
    node.backends.add(this.path);
    try {
      this.#graph.checkPermissions();
    } catch (error) {
      node.backends.delete(this.path);
      throw error;
    }
  }

  remove(): void {
    const { node } = this;
    node?.backends.delete(this.path);
    if (node !== undefined && !node.isOwned && node.backends.size === 0) this.#graph.remove(node);
  }

  describe(isFlat: boolean): BlockInfo {
    const { node } = this;
    const info = { device: '', qdev: this.name, type: 'unknown', removable: this.isRemovable, locked: false };
    return {
      ...info,
      ...(node === undefined ? {} : { inserted: describeNode(node, isFlat) }),
      ...(this.isRemovable ? { tray_open: this.isTrayOpen } : {}),
      ...(this.device.model.name === 'nvme' ? {} : { 'io-status': 'ok' }),
    };
  }
}

/** Whether devices of that kind are drives. */
export function isDrive({ model }: Device): boolean {
  return /^(?:virtio-blk-|scsi-(?:hd|cd|block)|ide-(?:hd|cd)|nvme$|nvme-ns|usb-storage|floppy$|ufs-lu)/.test(
    model.name,
  );
}

/** Whether there has to be something in it. */
export function needsMedium({ model }: Device): boolean {
  return !model.name.endsWith('-cd') && model.name !== 'floppy';
}
