import type { NodeGraph } from '../block/node-graph.ts';
import type { VirtualClock } from '../clock/virtual-clock.ts';
import { genericError } from '../errors.ts';
import type { Handlers } from '../handlers.ts';
import { addSnapshot, hasSnapshot, removeSnapshot, requireSnapshots } from './internal-snapshot.ts';

/** Snapshots of a single disk, inside of its file. */
export function internalSnapshotCommands(graph: NodeGraph, clock: VirtualClock): Handlers {
  return {
    'blockdev-snapshot-internal-sync'({ device, name }) {
      const image = requireSnapshots(graph.checkFree(graph.find(device)));
      if (hasSnapshot(image, name)) {
        throw genericError(`Snapshot with name '${name}' already exists on device '${device}'`);
      }
      addSnapshot(image, name, clock.now(), false);
    },
    'blockdev-snapshot-delete-internal-sync'({ device, id = 'null', name = 'null' }) {
      const image = requireSnapshots(graph.checkFree(graph.find(device)));
      const removed = removeSnapshot(image, name);
      if (removed !== undefined) return removed;
      throw genericError(`Snapshot with id '${id}' and name '${name}' does not exist on device '${device}'`);
    },
  };
}
