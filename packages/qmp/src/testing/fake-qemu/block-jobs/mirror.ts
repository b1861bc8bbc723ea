import type { BlockdevMirrorArguments, MirrorSyncMode } from '../../../schema/types/qemu-11.1.gen.ts';
import type { BlockNode } from '../block/block-node.ts';
import { genericError } from '../errors.ts';
import type { JobWork } from '../jobs/job-work.ts';
import type { BlockJobContext } from './block-job-context.ts';
import { BlockJobHolds } from './block-job-holds.ts';
import { jobBitmap } from './job-bitmap.ts';
import { startOptions } from './start-options.ts';

/** `blockdev-mirror`: another disk becomes, and stays, alike, until it takes the first one's place. */
export function startMirror(context: BlockJobContext, args: BlockdevMirrorArguments): void {
  const { graph, jobs } = context;
  const source = graph.checkRoot(graph.find(args.device));
  const target = graph.find(args.target);
  if (args.sync === 'incremental' || args.sync === 'bitmap') {
    throw genericError(`Sync mode '${args.sync}' not supported`);
  }
  graph.checkFree(source);
  graph.checkFree(target);
  if (source === target) throw genericError("Can't mirror node into itself");
  jobs.start(mirrorWork(context, source, target, args), startOptions(args));
}

function mirrorWork(
  { graph, bytesPerSecond }: BlockJobContext,
  source: BlockNode,
  target: BlockNode,
  args: BlockdevMirrorArguments,
): JobWork {
  const holds = new BlockJobHolds(graph, 'mirror', {
    blocked: [source, target],
    target,
    filter: { driver: 'mirror_top', children: [{ role: 'backing', node: source }], bitmaps: [jobBitmap()] },
    filterName: args['filter-node-name'],
  });
  const fits = source.sizeBytes === target.sizeBytes;
  const bytes = bytesToCopy(source, args.sync);
  return {
    type: 'mirror',
    totalBytes: fits ? bytes : 0,
    bytesPerSecond: source.isInstant && target.isInstant ? Infinity : bytesPerSecond,
    isBlockJob: true,
    staysReady: true,
    settlesAtStart: false,
    cancelsAtOnce: false,
    onError: { read: args['on-source-error'], write: args['on-target-error'] },
    launch: () => (fits ? undefined : { error: 'Source and target image have different sizes', isSudden: false }),
    begin: () => holds.take(),
    commit(isCompleted) {
      target.write(bytes);
      holds.release();
      if (isCompleted) graph.replace(source, target);
    },
    release: () => holds.release(),
  };
}

/** Only what was ever written is copied. */
function bytesToCopy(source: BlockNode, sync: MirrorSyncMode): number {
  if (sync === 'none') return 0;
  const layers = sync === 'top' ? [source] : source.chain;
  return Math.min(
    source.sizeBytes,
    layers.reduce((sum, node) => sum + node.dataBytes, 0),
  );
}
