import type { StdioOptions } from 'node:child_process';
import { join } from 'node:path';
import type { Address, Transport } from '@qmp/protocol';
import { type QapiSchema, type Qemu, QmpClient, type QmpConnectOptions } from 'qmp';
import { onTestFinished } from 'vitest';
import { DANGEROUS_RPCS } from './dangerous-rpcs.ts';
import type { TestedVersion } from './describe-versions.ts';
import { temporaryFolder, TestProcess } from './test-process.ts';

/** A process that listens at a UNIX socket. */
export interface Listening {
  readonly process: TestProcess;
  readonly folder: string;
  readonly address: string;
}

/** How {@link startQemu} starts it. */
export interface StartOptions {
  /** Where its monitor's socket is; a fresh one if left out. */
  readonly folder?: string;
  readonly stdio?: StdioOptions;
}

/** QEMU without a machine, unless `args` say otherwise, with a QMP monitor at `address`. */
export function startQemu(
  version: TestedVersion<'qemu'>,
  args: readonly string[] = [],
  { folder = temporaryFolder(), stdio }: StartOptions = {},
): Listening {
  const path = join(folder, 'qmp');
  const words = ['-machine', 'none', '-accel', 'tcg', '-nodefaults', '-display', 'none'];
  const monitor = ['-qmp', `unix:${path},server=on,wait=off`];
  const process = new TestProcess(version.qemu, [...words, ...monitor, ...args], stdio);
  return { process, folder, address: `unix:${path}` };
}

/** A storage daemon with a QMP monitor at `address`. */
export function startStorageDaemon(version: TestedVersion<'storageDaemon'>): Listening {
  const folder = temporaryFolder();
  const path = join(folder, 'qmp');
  const chardev = `socket,id=monitor,path=${path},server=on,wait=off`;
  const process = new TestProcess(version.storageDaemon, ['--chardev', chardev, '--monitor', 'chardev=monitor']);
  return { process, folder, address: `unix:${path}` };
}

/** A guest agent that listens at `address`, with everything blocked that would harm this machine. */
export function startGuestAgent(version: TestedVersion<'guestAgent'>): Listening {
  const folder = temporaryFolder();
  const path = join(folder, 'qga');
  const blocked = ['-b', DANGEROUS_RPCS.join(',')];
  const files = ['-t', folder, '-f', join(folder, 'pid')];
  const process = new TestProcess(version.guestAgent, ['-m', 'unix-listen', '-p', path, ...files, ...blocked]);
  return { process, folder, address: `unix:${path}` };
}

/** A client of a process that has only just been started; it is gone at the end of the test. */
export async function connect<S extends QapiSchema = Qemu>(
  { process, address }: Listening,
  options: QmpConnectOptions = {},
  to: Address | Transport = address,
): Promise<QmpClient<S>> {
  const client = makeClient<S>(options);
  await client.connect(to, { retry: true, signal: process.gone, ...options });
  return client;
}

/** A client that is gone at the end of the test. */
export function makeClient<S extends QapiSchema = Qemu>(options: QmpConnectOptions = {}): QmpClient<S> {
  const client = new QmpClient<S>(options);
  onTestFinished(() => client.abort());
  return client;
}
