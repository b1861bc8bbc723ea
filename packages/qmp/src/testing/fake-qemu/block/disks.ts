import { genericError } from '../errors.ts';
import { type DiskFile, emptyImage } from './disk-image.ts';

/** A disk file that a fake QEMU finds. */
export interface Disk {
  /** `raw` unless told otherwise. */
  readonly format?: string | undefined;
  /** The size of the disk that a guest sees. */
  readonly sizeBytes: number;
  /** How much of it is in use, which is what jobs copy; all of it if left out. */
  readonly dataBytes?: number | undefined;
  /** The file that is the layer below. */
  readonly backingFile?: string | undefined;
}

const UNKNOWN_SIZE_BYTES = 8 * 2 ** 30;

/**
 * The disk files of a fake QEMU, as a test sees them. None of them is on the real disk: `blockdev-create` makes them, and
 * `blockdev-add` finds them here.
 */
export interface FakeDisks {
  /** Puts a file there, in place of what was there before. */
  add(filename: string, disk: Disk): void;
  /** Has every attempt to open or to create this file fail, for a reason in the system's words: `Permission denied`. */
  fail(filename: string, error: string): void;
}

/** The disk files that there are. */
export class Disks implements FakeDisks {
  readonly #files = new Map<string, DiskFile>();
  readonly #faults = new Map<string, string>();
  readonly #findsAll: boolean;

  /** @param known what there is; without it, whatever is looked for is found. */
  constructor(known: Readonly<Record<string, Disk>> | undefined) {
    this.#findsAll = known === undefined;
    for (const [filename, disk] of Object.entries(known ?? {})) this.add(filename, disk);
  }

  add(filename: string, { format = 'raw', sizeBytes, dataBytes = sizeBytes, backingFile }: Disk): void {
    const file = this.create(filename, sizeBytes);
    file.dataBytes = dataBytes;
    if (format !== 'raw') file.image = { ...emptyImage(format, sizeBytes), dataBytes, backingFile };
    this.#faults.delete(filename);
  }

  fail(filename: string, error: string): void {
    this.#faults.set(filename, error);
  }

  /**
   * The file of that name, to be used.
   *
   * @throws CommandError if there is none, or it is to fail.
   */
  open(filename: string): DiskFile {
    const fault = this.#faults.get(filename);
    if (fault !== undefined) throw genericError(`Could not open '${filename}': ${fault}`);
    const file = this.#files.get(filename);
    if (file !== undefined) return file;
    if (!this.#findsAll) throw genericError(`Could not open '${filename}': No such file or directory`);
    const unknown: DiskFile = {
      filename,
      sizeBytes: UNKNOWN_SIZE_BYTES,
      dataBytes: UNKNOWN_SIZE_BYTES,
      isUnknown: true,
    };
    this.#files.set(filename, unknown);
    return unknown;
  }

  /** What keeps a file of that name from being created, if something does. */
  faultOf(filename: string): string | undefined {
    return this.#faults.get(filename);
  }

  /** Makes an empty file. */
  create(filename: string, sizeBytes: number): DiskFile {
    const file: DiskFile = { filename, sizeBytes, dataBytes: 0, isUnknown: false };
    this.#files.set(filename, file);
    return file;
  }
}
