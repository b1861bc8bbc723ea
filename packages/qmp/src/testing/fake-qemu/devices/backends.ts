import type { NodeGraph } from '../block/node-graph.ts';
import type { ChardevTable } from '../chardevs/chardev-table.ts';
import type { MemorySlots } from '../memory/memory-slots.ts';
import type { NetdevTable } from '../netdevs/netdev-table.ts';
import type { ObjectTable } from '../objects/object-table.ts';

/** What devices are connected to. */
export interface Backends {
  readonly graph: NodeGraph;
  readonly netdevs: NetdevTable;
  readonly chardevs: ChardevTable;
  readonly objects: ObjectTable;
  readonly memory: MemorySlots;
}
