import type { BlockdevBackup } from '../../../schema/types/qemu-11.1.gen.ts';
import type { BlockNode } from '../block/block-node.ts';
import { genericError } from '../errors.ts';
import type { JobWork } from '../jobs/job-work.ts';
import { type BackupBitmap, backupBitmap } from './backup-bitmap.ts';
import type { BlockJobContext } from './block-job-context.ts';
import { BlockJobHolds } from './block-job-holds.ts';
import { startOptions } from './start-options.ts';

/** `blockdev-backup`: a disk as it is now is copied to another one, whatever the guest goes on to write. */
export function startBackup(context: BlockJobContext, args: BlockdevBackup): void {
  const { graph, jobs } = context;
  const source = graph.find(args.device);
  const target = graph.find(args.target);
  const changes = backupBitmap(source, args);
  graph.checkFree(source);
  graph.checkFree(target);
  if (source === target) throw genericError('Source and target cannot be the same');
  if (source.sizeBytes !== target.sizeBytes) throw genericError('Source and target image have different sizes');
  if (target.isReadOnly) throw genericError('Could not create node: Block node is read-only');
  jobs.start(backupWork(context, { source, target, changes, args }), startOptions(args));
}

interface Backup {
  readonly source: BlockNode;
  readonly target: BlockNode;
  readonly changes: BackupBitmap | undefined;
  readonly args: BlockdevBackup;
}

function backupWork({ graph, bytesPerSecond }: BlockJobContext, backup: Backup): JobWork {
  const { source, target, changes, args } = backup;
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
  const bytes = totalBytes(backup);
  let hasSucceeded = false;
  return {
    type: 'backup',
    totalBytes: bytes,
    bytesPerSecond: speedOf(backup, bytesPerSecond),
    isBlockJob: true,
    staysReady: false,
    settlesAtStart: true,
    cancelsAtOnce: true,
    onError: { read: args['on-source-error'], write: args['on-target-error'] },
    begin() {
      holds.take();
      if (changes !== undefined) changes.bitmap.isBusy = true;
    },
    launch: () => undefined,
    commit() {
      hasSucceeded = true;
      const data = source.chain.reduce((sum, node) => sum + node.dataBytes, 0);
      target.write(Math.min(bytes, data));
    },
    release() {
      holds.release();
      if (changes === undefined) return;
      const { bitmap, clears } = changes;
      bitmap.isBusy = false;
      if (clears === 'always' || (clears === 'on-success' && hasSucceeded)) bitmap.dirtyBytes = 0;
    },
  };
}

function totalBytes({ source, changes, args: { sync } }: Backup): number {
  if (changes !== undefined) return changes.bitmap.dirtyBytes;
  if (sync !== 'top') return source.sizeBytes;
  return source.backing === undefined ? 0 : source.dataBytes;
}

function speedOf({ source, target, args: { sync } }: Backup, bytesPerSecond: number): number {
  // It has nothing to do but to look on.
  if (sync === 'none') return 0;
  return source.isInstant && target.isInstant ? Infinity : bytesPerSecond;
}
