import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Readable, type Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

import { onTestFinished } from 'vitest';

/** The command as it is installed. */
const program = fileURLToPath(new URL('../../packages/cli/bin/qmp.js', import.meta.url));

export type QmpProcess = ChildProcessByStdio<Writable | null, Readable, Readable>;

/** How `qmp` is started. */
export interface StartOptions {
  /** On top of PATH and TMPDIR: nothing else of this process changes how the command works. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  /** A program, with its arguments, that starts it in some special way. */
  readonly launcher?: readonly string[];
  /** What it gets on its standard input; nothing if left out. */
  readonly input?: string | Readable;
}

/** Starts `qmp`; it is killed when the test ends. */
export function startQmp(args: readonly string[], { env, cwd, launcher = [], input }: StartOptions = {}): QmpProcess {
  const [command = '', ...words] = [...launcher, process.execPath, program, ...args];
  const qmp = spawn(command, words, {
    stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], TMPDIR: process.env['TMPDIR'], ...env },
    cwd,
  }) as QmpProcess;
  if (input !== undefined && qmp.stdin !== null) Readable.from(input).pipe(qmp.stdin);
  onTestFinished(() => void qmp.kill('SIGKILL'));
  return qmp;
}

/** What came of a run. */
export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Waits until it has ended and everything is read. */
export async function outcomeOf(qmp: QmpProcess): Promise<Outcome> {
  const [stdout, stderr, [code]] = await Promise.all([
    text(qmp.stdout),
    text(qmp.stderr),
    once(qmp, 'close') as Promise<[number | null]>,
  ]);
  return { code, stdout, stderr };
}

/** Runs `qmp` to its end. */
export async function runQmp(args: readonly string[], options?: StartOptions): Promise<Outcome> {
  return await outcomeOf(startQmp(args, options));
}
