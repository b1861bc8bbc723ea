import type { BlockdevCreateOptions } from '../../../schema/types/qemu-11.1.gen.ts';
import { CommandError } from '../../../server/command-error.ts';
import { type DiskFile, emptyImage } from '../block/disk-image.ts';
import type { Disks } from '../block/disks.ts';
import type { NodeGraph } from '../block/node-graph.ts';
import { genericError } from '../errors.ts';
import type { JobFault, JobWork } from '../jobs/job-work.ts';

/** The file of a format is so long before anything is written. */
const EMPTY_FILE_BYTES = 197_120;
const DURATION_MS = 5;
const CREATABLE = /^(?:file|luks|nfs|parallels|qcow|qcow2|qed|rbd|ssh|vdi|vhdx|vmdk|vpc)$/;

/** What the options of formats have in common, as far as it matters here. */
interface FormatOptions {
  readonly driver: string;
  readonly size?: number | bigint;
  readonly file?: string | { readonly filename?: string };
  readonly 'backing-file'?: string;
  readonly 'backing-fmt'?: string;
}

/**
 * `blockdev-create`: a file, or a format inside of one.
 *
 * @throws CommandError for a driver that creates nothing.
 */
export function createWork(options: BlockdevCreateOptions, graph: NodeGraph, disks: Disks): JobWork {
  if (!CREATABLE.test(options.driver)) throw genericError('Driver does not support blockdev-create');
  let create: () => void;
  return {
    type: 'create',
    totalBytes: 1,
    bytesPerSecond: 1000 / DURATION_MS,
    isBlockJob: false,
    staysReady: false,
    settlesAtStart: false,
    cancelsAtOnce: false,
    onError: {},
    begin: () => undefined,
    launch(): JobFault | undefined {
      try {
        create = prepare(options, graph, disks);
        return undefined;
      } catch (error) {
        if (!(error instanceof CommandError)) throw error;
        return { error: error.message, isSudden: options.driver === 'file' };
      }
    },
    commit: () => create(),
    release: () => undefined,
  };
}

/** @throws CommandError for what cannot be created. */
function prepare(options: BlockdevCreateOptions, graph: NodeGraph, disks: Disks): () => void {
  if (options.driver === 'file') {
    const { filename, size } = options;
    const fault = disks.faultOf(filename);
    if (fault !== undefined) throw genericError(`Could not create '${filename}': ${fault}`);
    return () => void disks.create(filename, Number(size));
  }
  const format = options as FormatOptions;
  const file = fileFor(format, graph, disks);
  return () => {
    file.image = {
      ...emptyImage(format.driver, Number(format.size ?? 0)),
      backingFile: format['backing-file'],
      backingFormat: format['backing-fmt'],
    };
    file.isUnknown = false;
    file.sizeBytes = EMPTY_FILE_BYTES;
    file.dataBytes = EMPTY_FILE_BYTES;
  };
}

function fileFor({ driver, file = '' }: FormatOptions, graph: NodeGraph, disks: Disks): DiskFile {
  if (typeof file !== 'string') return disks.open(file.filename ?? '');
  const node = graph.find(file);
  if (node.file === undefined) throw genericError(`Node '${node.name}' cannot hold an image in ${driver} format`);
  return node.file;
}
