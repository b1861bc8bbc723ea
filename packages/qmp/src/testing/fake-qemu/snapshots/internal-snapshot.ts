import type { SnapshotInfo } from '../../../schema/types/qemu-11.1.gen.ts';
import type { BlockNode } from '../block/block-node.ts';
import type { DiskImage } from '../block/disk-image.ts';
import { genericError } from '../errors.ts';

/** What the state of a small machine takes. */
const VM_STATE_BYTES = 500_000;

/** What a disk has of snapshots inside; undefined where its format has none. */
export function imageWithSnapshots(node: BlockNode): DiskImage | undefined {
  return node.driver === 'qcow2' ? node.image : undefined;
}

/** Adds a snapshot to a disk. */
export function addSnapshot(image: DiskImage, name: string, nowMs: number, hasVmState: boolean): void {
  const ids = image.snapshots.map(({ id }) => Number(id));
  const info: SnapshotInfo = {
    id: String(Math.max(0, ...ids) + 1),
    name,
    'vm-state-size': hasVmState ? VM_STATE_BYTES : 0,
    'date-sec': Math.floor(nowMs / 1000),
    'date-nsec': Math.floor(nowMs % 1000) * 1_000_000,
    'vm-clock-sec': 0,
    'vm-clock-nsec': 0,
  };
  image.snapshots = [...image.snapshots, info];
}

export function hasSnapshot(image: DiskImage, name: string): boolean {
  return image.snapshots.some((snapshot) => snapshot.name === name);
}

/** Removes a snapshot; gives what it was, if it was there. */
export function removeSnapshot(image: DiskImage, name: string): SnapshotInfo | undefined {
  const removed = image.snapshots.find((snapshot) => snapshot.name === name);
  image.snapshots = image.snapshots.filter((snapshot) => snapshot !== removed);
  return removed;
}

/** @throws CommandError where the disk's format has no snapshots. */
export function requireSnapshots(node: BlockNode): DiskImage {
  const image = imageWithSnapshots(node);
  if (image !== undefined) return image;
  throw genericError(`Block format '${node.driver}' used by device '${node.name}' does not support internal snapshots`);
}
