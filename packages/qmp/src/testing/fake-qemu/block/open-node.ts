import type { JsonObject } from '@qmp/protocol/codecs';

import type { BlockdevOptions } from '../../../schema/types/qemu-11.1.gen.ts';
import { genericError } from '../errors.ts';
import { isIdentifier } from '../identifier.ts';
import type { BlockNode, BlockNodeOptions, NodeChild } from './block-node.ts';
import { type DiskFile, type DiskImage, emptyImage } from './disk-image.ts';
import type { Disks } from './disks.ts';
import { kindOfDriver, takesBacking } from './driver.ts';
import type { NodeGraph } from './node-graph.ts';
import { pseudoFilename } from './pseudo-filename.ts';

const LONGEST_NODE_NAME = 31;
const GIBIBYTE = 2 ** 30;

/** What the options of all drivers have in common, as far as it matters here. */
interface NodeOptions {
  readonly driver: string;
  readonly 'node-name'?: string;
  readonly 'read-only'?: boolean;
  readonly 'detect-zeroes'?: 'off' | 'on' | 'unmap';
  readonly cache?: { readonly direct?: boolean; readonly 'no-flush'?: boolean };
  readonly filename?: string;
  readonly size?: number | bigint;
  readonly file?: NodeReference;
  readonly image?: NodeReference;
  readonly target?: NodeReference;
  readonly backing?: NodeReference | null;
  /** Its driver was found by a look at the file. */
  readonly isProbed?: boolean;
}

type NodeReference = NodeOptions | string;

/** Opens nodes as `blockdev-add` is told to, with all that is below them. */
export class NodeOpener {
  readonly #graph: NodeGraph;
  readonly #disks: Disks;

  constructor(graph: NodeGraph, disks: Disks) {
    this.#graph = graph;
    this.#disks = disks;
  }

  /**
   * Opens a node that the monitor owns.
   *
   * @throws CommandError where QEMU refuses it.
   */
  add(blockdev: BlockdevOptions): void {
    const options = blockdev as NodeOptions;
    if (options['node-name'] === undefined) throw genericError("'node-name' must be specified for the root node");
    const node = this.open(options);
    node.isOwned = true;
  }

  /** @throws CommandError where QEMU refuses it. */
  open(options: NodeOptions): BlockNode {
    const name = options['node-name'];
    if (name !== undefined) this.checkName(name);
    const before = new Set(this.#graph.nodes);
    try {
      const node = this.#graph.add(this.#describe(options, name ?? this.#graph.makeUpName()));
      this.#graph.checkPermissions();
      return node;
    } catch (error) {
      for (const node of this.#graph.nodes) if (!before.has(node)) this.#graph.remove(node);
      throw error;
    }
  }

  /** @throws CommandError for a name that no node may have, or that one has. */
  checkName(name: string): void {
    if (!isIdentifier(name) || name.length > LONGEST_NODE_NAME) throw genericError(`Invalid node-name: '${name}'`);
    if (this.#graph.get(name) !== undefined) throw genericError(`Duplicate nodes with node-name='${name}'`);
  }

  #describe(options: NodeOptions, name: string): BlockNodeOptions {
    const { driver, 'read-only': isReadOnly = false, 'detect-zeroes': detectZeroes = 'off', cache = {} } = options;
    const common = {
      name,
      isProbed: options.isProbed,
      driver,
      isReadOnly,
      detectZeroes,
      cache: { direct: cache.direct ?? false, noFlush: cache['no-flush'] ?? false },
    };
    const kind = kindOfDriver(driver);
    if (kind === 'null') return { ...common, file: nullFile(options), filename: pseudoFilename(asJson(options)) };
    if (kind === 'storage')
      return { ...common, file: this.#disks.open(options.filename ?? pseudoFilename(asJson(options))) };
    const children = this.#openChildren(options);
    if (kind !== 'format') return { ...common, children, isFilter: kind === 'filter' };
    const file = children[0]?.node.file;
    if (file === undefined) throw genericError(`Image is not in ${driver} format`);
    const image = imageIn(file, driver);
    const backing = this.#openBacking(options, image);
    return { ...common, image, children: [...children, ...backing] };
  }

  #openChildren(options: NodeOptions): NodeChild[] {
    const children: NodeChild[] = [];
    for (const role of ['file', 'image', 'target'] as const) {
      const reference = options[role];
      if (reference !== undefined) children.push({ role, node: this.#resolve(reference, options) });
    }
    return children;
  }

  /** The layer below is what the options say, and otherwise what the file's header says. */
  #openBacking({ driver, backing }: NodeOptions, { backingFile, backingFormat }: DiskImage): NodeChild[] {
    if (backing === null || !takesBacking(driver)) return [];
    if (backing !== undefined)
      return [{ role: 'backing', node: this.#resolve(backing, { driver, 'read-only': true }) }];
    if (backingFile === undefined) return [];
    const format = backingFormat ?? this.#disks.open(backingFile).image?.format ?? 'raw';
    const file = { driver: 'file', filename: backingFile, 'read-only': true };
    return [{ role: 'backing', node: this.open({ driver: format, file, 'read-only': true }) }];
  }

  #resolve(reference: NodeReference, parent: NodeOptions): BlockNode {
    if (typeof reference === 'string') return this.#graph.find(reference);
    const inherited = parent['read-only'] === undefined ? {} : { 'read-only': parent['read-only'] };
    return this.open({ ...inherited, ...reference });
  }
}

/** What a file holds that is taken for one of that format. */
function imageIn(file: DiskFile, format: string): DiskImage {
  if (file.isUnknown) {
    file.image = { ...emptyImage(format, file.sizeBytes), dataBytes: file.dataBytes };
    file.isUnknown = false;
  }
  if (file.image?.format !== format) throw genericError(`Image is not in ${format} format`);
  return file.image;
}

/** A disk that forgets what is written, and reads as zeroes. */
function nullFile({ size = GIBIBYTE }: NodeOptions): DiskFile {
  const sizeBytes = Number(size);
  return { filename: '', sizeBytes, dataBytes: sizeBytes, isUnknown: false };
}

function asJson(options: NodeOptions): JsonObject {
  return options as unknown as JsonObject;
}
