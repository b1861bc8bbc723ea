import type { BlockDeviceStats, BlockStats } from '../../../schema/types/qemu-11.1.gen.ts';
import type { BlockNode } from './block-node.ts';

/** What a guest has written to a disk. */
export interface Written {
  readonly bytes: number;
  readonly operations: number;
}

const KINDS = ['rd', 'wr', 'zone_append', 'flush', 'unmap'] as const;
const NOTHING: Written = { bytes: 0, operations: 0 };

/** What QEMU counts of a node, and of what is below. */
export function describeNodeStats(node: BlockNode): BlockStats {
  return { 'node-name': node.name, ...belowStats(node), stats: counters(NOTHING, false) };
}

/** What QEMU counts of a disk of the guest; there may be none in the drive. */
export function describeDriveStats(qdev: string, node: BlockNode | undefined, written: Written): BlockStats {
  const nodeStats = node === undefined ? {} : { 'node-name': node.name, ...belowStats(node) };
  return { device: '', qdev, ...nodeStats, stats: counters(written, true) };
}

function belowStats(node: BlockNode): object {
  const file = node.child('file');
  const { backing } = node;
  const specific = { driver: 'file', 'discard-nb-ok': 0, 'discard-nb-failed': 0, 'discard-bytes-ok': 0 };
  return {
    ...(file === undefined ? {} : { parent: describeNodeStats(file) }),
    ...(backing === undefined ? {} : { backing: describeNodeStats(backing) }),
    ...(node.driver === 'file' ? { 'driver-specific': specific } : {}),
  };
}

/** Only writes are counted: nothing else is done to these disks. */
function counters({ bytes, operations }: Written, isOfDevice: boolean): BlockDeviceStats {
  const zeros = KINDS.flatMap((kind) => [
    [`${kind}_operations`, 0],
    [`${kind}_total_time_ns`, 0],
    [`failed_${kind}_operations`, 0],
    [`invalid_${kind}_operations`, 0],
    ...(kind === 'flush'
      ? []
      : [
          [`${kind}_bytes`, 0],
          [`${kind}_merged`, 0],
        ]),
  ]);
  return {
    ...Object.fromEntries(zeros),
    wr_bytes: bytes,
    wr_operations: operations,
    wr_highest_offset: bytes,
    account_invalid: isOfDevice,
    account_failed: isOfDevice,
    timed_stats: [],
  } as BlockDeviceStats;
}
