import { genericError } from '../errors.ts';
import { BlockNode, type BlockNodeOptions } from './block-node.ts';
import { checkPermissions } from './permissions.ts';

/** Node names that QEMU makes up begin like that. */
const MADE_UP = '#block';

/** All nodes of the block layer, and which of them uses which. */
export class NodeGraph {
  readonly #nodes = new Map<string, BlockNode>();
  #madeUpNames = 100;

  /** The oldest first. */
  get nodes(): readonly BlockNode[] {
    return [...this.#nodes.values()];
  }

  /** A name for a node that has none. */
  makeUpName(): string {
    this.#madeUpNames += 1;
    return `${MADE_UP}${this.#madeUpNames}`;
  }

  get(name: string): BlockNode | undefined {
    return this.#nodes.get(name);
  }

  /** @throws CommandError if there is no node of that name. */
  find(name: string): BlockNode {
    return this.findEither(name, name);
  }

  /** @throws CommandError if there is no node of either name: one is asked for as a device, the other as a node. */
  findEither(device = '', name = ''): BlockNode {
    const node = this.#nodes.get(name === '' ? device : name);
    if (node === undefined) throw genericError(`Cannot find device='${device}' nor node-name='${name}'`);
    return node;
  }

  /** @throws CommandError if there is no node of that name, for commands that take node names only. */
  findNode(name: string): BlockNode {
    const node = this.#nodes.get(name);
    if (node === undefined) throw genericError(`Failed to find node with node-name='${name}'`);
    return node;
  }

  /** Whether somebody reads or writes it: a device, a job, or a format above it. */
  isInUse(node: BlockNode): boolean {
    return node.backends.size > 0 || this.parentsOf(node).some(({ image }) => image !== undefined);
  }

  /** @throws CommandError unless the node is used by nothing but devices. */
  checkRoot(node: BlockNode): BlockNode {
    if (this.parentsOf(node).length > 0) throw genericError('Need a root block node');
    return node;
  }

  /** @throws CommandError if somebody has the node blocked. */
  checkFree(node: BlockNode): BlockNode {
    const [overlay] = this.parentsOf(node).filter((parent) => parent.backing === node);
    const inUse = overlay === undefined ? [] : [`node is used as backing hd of '${overlay.name}'`];
    const [reason] = [...node.blockers, ...inUse];
    if (reason !== undefined) throw genericError(`Node '${node.name}' is busy: ${reason}`);
    return node;
  }

  parentsOf(node: BlockNode): readonly BlockNode[] {
    return this.nodes.filter((parent) => parent.children.some((child) => child.node === node));
  }

  /** Makes a node. */
  add(options: BlockNodeOptions): BlockNode {
    const node = new BlockNode(options);
    this.#nodes.set(node.name, node);
    return node;
  }

  /** @throws CommandError for who uses a node in a way that another forbids. */
  checkPermissions(): void {
    checkPermissions(this.nodes);
  }

  /** Takes a node away, and what only it has used. */
  remove(node: BlockNode): void {
    this.#nodes.delete(node.name);
    for (const { node: child } of node.children) {
      const isUsed = child.isOwned || child.backends.size > 0 || this.parentsOf(child).length > 0;
      if (!isUsed) this.remove(child);
    }
  }

  /** @throws CommandError for a node that the monitor may not delete, or that is in use. */
  delete(name: string): void {
    const node = this.findNode(name);
    if (node.backends.size > 0) throw genericError(`Node ${name} is in use`);
    this.checkFree(node);
    if (!node.isOwned) throw genericError(`Node ${name} is not owned by the monitor`);
    if (this.parentsOf(node).length > 0) throw genericError(`Block device ${name} is in use`);
    this.remove(node);
  }

  /** Puts one node in the place of another: whatever has used that one uses this one. */
  replace(node: BlockNode, replacement: BlockNode): void {
    for (const parent of this.parentsOf(node)) {
      if (parent === replacement) continue;
      for (const child of parent.children) if (child.node === node) child.node = replacement;
    }
    for (const backend of node.backends) {
      if (!backend.startsWith('/')) continue;
      node.backends.delete(backend);
      replacement.backends.add(backend);
    }
  }
}
