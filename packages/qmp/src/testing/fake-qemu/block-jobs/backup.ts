import type { BlockdevBackup, MirrorSyncMode } from '../../../schema/types/qemu-11.1.gen.ts';
import type { BlockNode } from '../block/block-node.ts';
import { genericError } from '../errors.ts';
import type { JobWork } from '../jobs/job-work.ts';
import type { BlockJobContext } from './block-job-context.ts';
import { BlockJobHolds } from './block-job-holds.ts';
import { startOptions } from './start-options.ts';

/** `blockdev-backup`: a disk as it is now is copied to another one, whatever the guest goes on to write. */
export function startBackup(context: BlockJobContext, args: BlockdevBackup): void {
  const { graph, jobs } = context;
  const source = graph.find(args.device);
  const target = graph.find(args.target);
  if (args.sync === 'incremental' || args.sync === 'bitmap') {
    throw genericError(`must provide a valid bitmap name for '${args.sync}' sync mode`);
  }
  graph.checkFree(source);
  graph.checkFree(target);
  if (source === target) throw genericError('Source and target cannot be the same');
  if (source.sizeBytes !== target.sizeBytes) throw genericError('Source and target image have different sizes');
  jobs.start(backupWork(context, source, target, args), startOptions(args));
}

function backupWork(
  { graph, bytesPerSecond }: BlockJobContext,
  source: BlockNode,
  target: BlockNode,
  args: BlockdevBackup,
): JobWork {
  const holds = new BlockJobHolds(graph, 'backup', {
    blocked: [target],
    filter: {
      driver: 'copy-before-write',
      children: [
        { role: 'file', node: source },
        { role: 'target', node: target },
      ],
    },
    filterName: args['filter-node-name'],
  });
  return {
    type: 'backup',
    totalBytes: totalBytes(source, args.sync),
    // It has nothing to do but to look on.
    bytesPerSecond: args.sync === 'none' ? 0 : source.isInstant && target.isInstant ? Infinity : bytesPerSecond,
    isBlockJob: true,
    staysReady: false,
    settlesAtStart: true,
    cancelsAtOnce: true,
    onError: { read: args['on-source-error'], write: args['on-target-error'] },
    launch: () => undefined,
    begin: () => holds.take(),
    commit: () => target.write(source.chain.reduce((sum, node) => sum + node.dataBytes, 0)),
    release: () => holds.release(),
  };
}

function totalBytes(source: BlockNode, sync: MirrorSyncMode): number {
  if (sync !== 'top') return source.sizeBytes;
  return source.backing === undefined ? 0 : source.dataBytes;
}
