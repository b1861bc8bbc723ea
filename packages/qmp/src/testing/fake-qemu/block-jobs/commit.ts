import type { BlockCommitArguments } from '../../../schema/types/qemu-11.1.gen.ts';
import type { BlockNode } from '../block/block-node.ts';
import { deviceNotFound, genericError } from '../errors.ts';
import type { JobWork } from '../jobs/job-work.ts';
import type { BlockJobContext } from './block-job-context.ts';
import { BlockJobHolds } from './block-job-holds.ts';
import { findInChain } from './find-in-chain.ts';
import { jobBitmap } from './job-bitmap.ts';
import { startOptions } from './start-options.ts';

/** `block-commit`: what a layer has goes down into one below it, which takes its place. */
export function startCommit(context: BlockJobContext, args: BlockCommitArguments): void {
  const { graph, jobs } = context;
  const device = graph.get(args.device);
  if (device === undefined) throw deviceNotFound(args.device);
  graph.checkRoot(device);
  graph.checkFree(device);
  // oxlint-disable-next-line typescript/no-deprecated -- clients may still use them
  const { top: topFile, base: baseFile } = args;
  const top = findInChain(graph, device, args['top-node'], topFile) ?? device;
  const base = findInChain(graph, device, args['base-node'], baseFile) ?? device.chain.at(-1);
  if (base === undefined || base === top) throw genericError('cannot commit an image into itself');
  const work = top === device ? activeCommit(context, top, base, args) : innerCommit(context, device, top, base, args);
  jobs.start(work, startOptions(args));
}

/** The top layer is the one in use: like a mirror, it stays alike until it is completed. */
function activeCommit(context: BlockJobContext, top: BlockNode, base: BlockNode, args: BlockCommitArguments): JobWork {
  const { graph } = context;
  const holds = new BlockJobHolds(graph, 'commit', {
    blocked: [top, base],
    filter: { driver: 'mirror_top', children: [{ role: 'backing', node: top }], bitmaps: [jobBitmap()] },
    filterName: args['filter-node-name'],
  });
  const wasReadOnly = base.isReadOnly;
  return {
    ...commonWork(context, holds, args),
    totalBytes: layersBetween(top, base).reduce((sum, node) => sum + node.dataBytes, 0),
    staysReady: true,
    cancelsAtOnce: false,
    begin() {
      holds.take();
      base.isReadOnly = false;
    },
    commit(isCompleted) {
      moveDown(top, base);
      holds.release();
      if (isCompleted) graph.replace(top, base);
      else base.isReadOnly = wasReadOnly;
    },
  };
}

/** Layers further down merge; the ones above go on with what comes of it. */
function innerCommit(
  context: BlockJobContext,
  device: BlockNode,
  top: BlockNode,
  base: BlockNode,
  args: BlockCommitArguments,
): JobWork {
  const holds = new BlockJobHolds(context.graph, 'commit', {
    blocked: [device, top, base],
    filter: { driver: 'commit_top', children: [{ role: 'backing', node: top }] },
    filterName: args['filter-node-name'],
  });
  return {
    ...commonWork(context, holds, args),
    totalBytes: base.sizeBytes,
    staysReady: false,
    cancelsAtOnce: true,
    begin: () => holds.take(),
    commit() {
      moveDown(top, base);
      holds.release();
      const overlay = device.chain[device.chain.indexOf(top) - 1];
      overlay?.setBacking(base);
      if (overlay?.image?.backingFile !== undefined) overlay.image.backingFile = base.filename;
    },
  };
}

function commonWork(
  { bytesPerSecond }: BlockJobContext,
  holds: BlockJobHolds,
  args: BlockCommitArguments,
): Pick<JobWork, 'type' | 'bytesPerSecond' | 'isBlockJob' | 'settlesAtStart' | 'onError' | 'launch' | 'release'> {
  return {
    type: 'commit',
    bytesPerSecond,
    isBlockJob: true,
    settlesAtStart: false,
    onError: { read: args['on-error'], write: args['on-error'] },
    launch: () => undefined,
    release: () => holds.release(),
  };
}

function moveDown(top: BlockNode, base: BlockNode): void {
  for (const node of layersBetween(top, base)) base.write(node.dataBytes);
}

/** From the top down to the base, which is left out. */
function layersBetween(top: BlockNode, base: BlockNode): readonly BlockNode[] {
  const { chain } = top;
  return chain.slice(0, chain.indexOf(base));
}
