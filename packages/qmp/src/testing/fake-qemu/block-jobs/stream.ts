import type { BlockStreamArguments } from '../../../schema/types/qemu-11.1.gen.ts';
import type { BlockNode } from '../block/block-node.ts';
import type { JobWork } from '../jobs/job-work.ts';
import type { BlockJobContext } from './block-job-context.ts';
import { BlockJobHolds } from './block-job-holds.ts';
import { findInChain } from './find-in-chain.ts';
import { startOptions } from './start-options.ts';

/** `block-stream`: what the layers below have comes up, and they are no longer needed. */
export function startStream(context: BlockJobContext, args: BlockStreamArguments): void {
  const { graph, jobs } = context;
  const device = graph.find(args.device);
  const base = findInChain(graph, device, args['base-node'], args.base);
  graph.checkFree(device);
  jobs.start(streamWork(context, device, base, args), startOptions(args));
}

function streamWork(
  { graph, bytesPerSecond }: BlockJobContext,
  device: BlockNode,
  base: BlockNode | undefined,
  args: BlockStreamArguments,
): JobWork {
  const { chain } = device;
  const above = chain.slice(1, base === undefined ? chain.length : chain.indexOf(base));
  const holds = new BlockJobHolds(graph, 'stream', {
    blocked: [device, ...above],
    filter: { driver: 'copy-on-read', children: [{ role: 'file', node: device }] },
    filterName: args['filter-node-name'],
  });
  return {
    type: 'stream',
    totalBytes: device.sizeBytes,
    bytesPerSecond,
    isBlockJob: true,
    staysReady: false,
    settlesAtStart: false,
    cancelsAtOnce: true,
    onError: { read: args['on-error'], write: args['on-error'] },
    launch: () => undefined,
    begin() {
      holds.take();
      device.isReadOnly = false;
    },
    commit() {
      for (const node of above) device.write(node.dataBytes);
      holds.release();
      device.setBacking(base);
      if (device.image !== undefined) device.image.backingFile = base?.filename;
    },
    release: () => holds.release(),
  };
}
