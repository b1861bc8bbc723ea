import type { JobType } from '../../../schema/types/qemu-11.1.gen.ts';
import type { BlockNode, BlockNodeOptions } from '../block/block-node.ts';
import type { NodeGraph } from '../block/node-graph.ts';

/** What a block job has hold of while it lasts. */
export interface Holds {
  /** Nodes that nobody else may use for something else. */
  readonly blocked: readonly BlockNode[];
  /** The node it writes to as a disk of its own. */
  readonly target?: BlockNode | undefined;
  /** The filter that it puts above a node, to see what is written there. */
  readonly filter: Pick<BlockNodeOptions, 'driver' | 'children' | 'bitmaps'>;
  /** What its user wants that filter to be called. */
  readonly filterName?: string | undefined;
}

/** Takes hold of nodes for a job, and lets go of them. */
export class BlockJobHolds {
  readonly #graph: NodeGraph;
  readonly #type: JobType;
  readonly #holds: Holds;
  #filter: BlockNode | undefined;

  constructor(graph: NodeGraph, type: JobType, holds: Holds) {
    this.#graph = graph;
    this.#type = type;
    this.#holds = holds;
  }

  take(): void {
    const { blocked, target, filter, filterName: name = this.#graph.makeUpName() } = this.#holds;
    for (const node of blocked) node.blockers.add(this.#reason);
    target?.backends.add(this.#type);
    this.#filter = this.#graph.add({ ...filter, name, isFilter: true });
  }

  release(): void {
    for (const node of this.#holds.blocked) node.blockers.delete(this.#reason);
    this.#holds.target?.backends.delete(this.#type);
    if (this.#filter !== undefined) this.#graph.remove(this.#filter);
    this.#filter = undefined;
  }

  get #reason(): string {
    return `block device is in use by block job: ${this.#type}`;
  }
}
