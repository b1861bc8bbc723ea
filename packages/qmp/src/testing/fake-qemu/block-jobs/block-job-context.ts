import type { NodeGraph } from '../block/node-graph.ts';
import type { NodeOpener } from '../block/open-node.ts';
import type { JobTable } from '../jobs/job-table.ts';

/** What block jobs need of the machine. */
export interface BlockJobContext {
  readonly graph: NodeGraph;
  readonly opener: NodeOpener;
  readonly jobs: JobTable;
  /** How fast disks are. */
  readonly bytesPerSecond: number;
}
