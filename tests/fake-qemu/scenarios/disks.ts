import type { JsonObject } from '@qmp/protocol/codecs';
import type { Stage } from '../scenario.ts';

export const MEBIBYTE = 2 ** 20;
/** The size of the disks that scenarios use. */
export const SIZE = 64 * MEBIBYTE;

/** Disks without a file, which are as fast as can be. */
export async function addNullDisks(stage: Stage, ...names: readonly string[]): Promise<void> {
  for (const name of names) await stage.execute('blockdev-add', { driver: 'null-co', 'node-name': name, size: SIZE });
}

/** A job that has to be dismissed, from its beginning to its end. */
export async function runJob(stage: Stage, id: string, command: string, args: JsonObject): Promise<void> {
  await stage.execute(command, { 'job-id': id, ...args });
  await stage.event('JOB_STATUS_CHANGE', { id, status: 'concluded' });
  await stage.execute('query-jobs');
  await stage.execute('job-dismiss', { id });
}

/** A qcow2 file, and a node for it that is called like `name`; the node of its file is called `NAME-file`. */
export async function addQcow2(stage: Stage, name: string, options: JsonObject = {}): Promise<void> {
  await createQcow2(stage, name);
  await stage.execute('blockdev-add', { driver: 'qcow2', 'node-name': name, file: `${name}-file`, ...options });
}

/** A qcow2 file, and a node for the file. */
export async function createQcow2(stage: Stage, name: string, options: JsonObject = {}): Promise<void> {
  const filename = stage.path(`${name}.qcow2`);
  await runJob(stage, 'create-file', 'blockdev-create', { options: { driver: 'file', filename, size: 0 } });
  await stage.execute('blockdev-add', { driver: 'file', 'node-name': `${name}-file`, filename });
  const file = `${name}-file`;
  await runJob(stage, 'create-image', 'blockdev-create', {
    options: { driver: 'qcow2', file, size: SIZE, ...options },
  });
}

/** Writes to a disk, as the guest would. */
export async function write(stage: Stage, node: string, mebibytes: number): Promise<void> {
  await stage.execute('human-monitor-command', { 'command-line': `qemu-io ${node} "write -P 65 0 ${mebibytes}M"` });
}
