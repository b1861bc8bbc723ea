import type { BlockdevDetectZeroesOptions } from '../../../schema/types/qemu-11.1.gen.ts';
import type { DirtyBitmap } from './dirty-bitmap.ts';
import type { DiskFile, DiskImage } from './disk-image.ts';

/** What a node uses another one for. */
export interface NodeChild {
  readonly role: string;
  node: BlockNode;
}

/** How a node is made. */
export interface BlockNodeOptions {
  readonly name: string;
  readonly driver: string;
  readonly isReadOnly?: boolean;
  /** What it is kept in, at the bottom of a graph. */
  readonly file?: DiskFile;
  /** What its format says, above that. */
  readonly image?: DiskImage;
  readonly children?: readonly NodeChild[];
  /** What a user calls it by where it has no file of its own. */
  readonly filename?: string;
  readonly detectZeroes?: BlockdevDetectZeroesOptions;
  readonly cache?: { readonly direct: boolean; readonly noFlush: boolean };
  /** What is below shines through. */
  readonly isFilter?: boolean;
  readonly bitmaps?: readonly DirtyBitmap[];
  /** Nobody has said that it is raw: that is what it looked like. */
  readonly isProbed?: boolean | undefined;
}

/** One node of the block layer: a format, a filter, or a file. */
export class BlockNode {
  readonly name: string;
  readonly driver: string;
  readonly file: DiskFile | undefined;
  readonly image: DiskImage | undefined;
  readonly children: NodeChild[];
  readonly detectZeroes: BlockdevDetectZeroesOptions;
  readonly cache: { readonly direct: boolean; readonly noFlush: boolean };
  readonly isFilter: boolean;
  readonly isProbed: boolean;
  /** The oldest first. */
  readonly bitmaps: DirtyBitmap[];
  isReadOnly: boolean;
  /** The monitor has made it, and may delete it. */
  isOwned = false;
  /** Why it may not be used for something else: what is said of it in errors. */
  readonly blockers: Set<string> = new Set();
  /** What uses it as a disk: devices by their QOM path, jobs by their type. */
  readonly backends: Set<string> = new Set();
  readonly #filename: string | undefined;

  constructor(options: BlockNodeOptions) {
    this.name = options.name;
    this.driver = options.driver;
    this.file = options.file;
    this.image = options.image;
    this.children = [...(options.children ?? [])];
    this.isReadOnly = options.isReadOnly ?? false;
    this.detectZeroes = options.detectZeroes ?? 'off';
    this.cache = options.cache ?? { direct: false, noFlush: false };
    this.isFilter = options.isFilter ?? false;
    this.isProbed = options.isProbed ?? false;
    this.bitmaps = [...(options.bitmaps ?? [])];
    this.#filename = options.filename;
  }

  /** The layer below, for data that it has not got itself. */
  get backing(): BlockNode | undefined {
    return this.image === undefined ? undefined : this.child('backing');
  }

  /** What it reads and writes; itself at the bottom. */
  get below(): BlockNode | undefined {
    return this.child('file') ?? this.child('image') ?? this.child('backing');
  }

  get filename(): string {
    return this.#filename ?? this.file?.filename ?? this.below?.filename ?? '';
  }

  get sizeBytes(): number {
    return this.image?.sizeBytes ?? this.file?.sizeBytes ?? this.below?.sizeBytes ?? 0;
  }

  /** How much data it has itself, without the layers below. */
  get dataBytes(): number {
    return this.image?.dataBytes ?? this.file?.dataBytes ?? this.below?.dataBytes ?? 0;
  }

  /** Whether it takes no time to read and to write. */
  get isInstant(): boolean {
    return this.driver.startsWith('null-') || (this.below?.isInstant ?? false);
  }

  bitmap(name: string): DirtyBitmap | undefined {
    return this.bitmaps.find((each) => each.name === name);
  }

  child(role: string): BlockNode | undefined {
    return this.children.find((child) => child.role === role)?.node;
  }

  /** Itself, then the layers below. */
  get chain(): readonly BlockNode[] {
    const next = this.isFilter ? this.below : this.backing;
    return next === undefined ? [this] : [this, ...next.chain];
  }

  /** So much data is written. */
  write(bytes: number): void {
    for (const bitmap of this.bitmaps) bitmap.note(bytes, this.sizeBytes);
    const content = this.image ?? this.file;
    if (content === undefined) return this.below?.write(bytes);
    content.dataBytes = Math.min(content.sizeBytes, content.dataBytes + bytes);
    if (this.image !== undefined) this.child('file')?.grow(bytes);
  }

  resize(bytes: number): void {
    const content = this.image ?? this.file;
    if (content === undefined) return this.below?.resize(bytes);
    content.sizeBytes = bytes;
  }

  /** Puts another layer below, or none. */
  setBacking(node: BlockNode | undefined): void {
    const at = this.children.findIndex(({ role }) => role === 'backing');
    if (at !== -1) this.children.splice(at, 1);
    if (node !== undefined) this.children.push({ role: 'backing', node });
  }

  /** The file below a format gets longer. */
  grow(bytes: number): void {
    if (this.file === undefined) return this.below?.grow(bytes);
    this.file.sizeBytes += bytes;
    this.file.dataBytes += bytes;
  }
}
