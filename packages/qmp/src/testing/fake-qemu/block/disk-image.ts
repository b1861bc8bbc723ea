import type { SnapshotInfo } from '../../../schema/types/qemu-11.1.gen.ts';

/** What is inside of a disk file that has a format: what its header says, and how much of it is in use. */
export interface DiskImage {
  readonly format: string;
  /** The size of the disk that a guest sees. */
  sizeBytes: number;
  /** How much of it was ever written. */
  dataBytes: number;
  /** The file that its header names as the one below. */
  backingFile?: string | undefined;
  backingFormat?: string | undefined;
  /** Snapshots inside of the file. */
  snapshots: readonly SnapshotInfo[];
}

/** A file, or whatever else disks are kept in, by its name. */
export interface DiskFile {
  readonly filename: string;
  /** Its length; that of a raw disk, too. */
  sizeBytes: number;
  dataBytes: number;
  /** A raw disk has none. */
  image?: DiskImage | undefined;
  /** Nobody has said what it holds: it turns out to be what it is taken for. */
  isUnknown: boolean;
}

/** A disk without content. */
export function emptyImage(format: string, sizeBytes: number): DiskImage {
  return { format, sizeBytes, dataBytes: 0, snapshots: [] };
}
