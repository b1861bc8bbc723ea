import type { BlockDirtyInfo } from '../../../schema/types/qemu-11.1.gen.ts';

/** How a bitmap is made. */
export interface DirtyBitmapOptions {
  /** Those of jobs have none. */
  readonly name?: string | undefined;
  readonly granularity: number;
  readonly isRecording: boolean;
  readonly isPersistent: boolean;
}

/** Notes where a disk was written to: as a count only, not where. */
export class DirtyBitmap {
  readonly name: string | undefined;
  readonly granularity: number;
  readonly isPersistent: boolean;
  isRecording: boolean;
  /** A job works by it. */
  isBusy = false;
  dirtyBytes = 0;

  constructor(options: DirtyBitmapOptions) {
    this.name = options.name;
    this.granularity = options.granularity;
    this.isRecording = options.isRecording;
    this.isPersistent = options.isPersistent;
  }

  /** So many bytes were written, of a disk of that size. */
  note(bytes: number, sizeBytes: number): void {
    if (!this.isRecording) return;
    const clusters = Math.ceil(bytes / this.granularity);
    this.dirtyBytes = Math.min(sizeBytes, this.dirtyBytes + clusters * this.granularity);
  }

  get info(): BlockDirtyInfo {
    return {
      ...(this.name === undefined ? {} : { name: this.name }),
      recording: this.isRecording,
      persistent: this.isPersistent,
      busy: this.isBusy,
      granularity: this.granularity,
      count: this.dirtyBytes,
    };
  }
}
