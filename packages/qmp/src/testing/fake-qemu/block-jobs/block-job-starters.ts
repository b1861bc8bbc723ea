import type { Disks } from '../block/disks.ts';
import type { Handlers } from '../handlers.ts';
import { startBackup } from './backup.ts';
import type { BlockJobContext } from './block-job-context.ts';
import { startCommit } from './commit.ts';
import { createWork } from './create.ts';
import { startMirror } from './mirror.ts';
import { startStream } from './stream.ts';

/** The commands that start jobs of the block layer. */
export function blockJobStarters(context: BlockJobContext, disks: Disks): Handlers {
  const { graph, jobs } = context;
  return {
    'blockdev-backup': (args) => startBackup(context, args),
    'blockdev-mirror': (args) => startMirror(context, args),
    'block-commit': (args) => startCommit(context, args),
    'block-stream': (args) => startStream(context, args),
    'blockdev-create'({ 'job-id': id, options }) {
      const work = createWork(options, graph, disks);
      jobs.start(work, { id, autoFinalize: true, autoDismiss: false, speed: 0 });
    },
  };
}
