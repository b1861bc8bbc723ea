import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

import { onTestFinished } from 'vitest';

/** The command as it is installed. */
const program = fileURLToPath(new URL('../../packages/cli/dist/main.js', import.meta.url));

export type QmpProcess = ChildProcessByStdio<null, Readable, Readable>;

/** What the environment of a person has, without what would change how the command works. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Starts `qmp`; it is killed when the test ends. */
export function startQmp(args: readonly string[], env: Environment = {}, cwd?: string): QmpProcess {
  const qmp = spawn(process.execPath, [program, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], TMPDIR: process.env['TMPDIR'], ...env },
    cwd,
  });
  onTestFinished(() => void qmp.kill('SIGKILL'));
  return qmp;
}

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
export async function runQmp(args: readonly string[], env?: Environment, cwd?: string): Promise<Outcome> {
  return await outcomeOf(startQmp(args, env, cwd));
}
