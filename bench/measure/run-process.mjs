import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { pinned } from './pinned.mjs';

const TIMEOUT_MS = 120_000;

/**
 * Runs a program on the client's processor and gives what it prints.
 *
 * @param {readonly [string, ...string[]]} words
 * @throws Error when it fails, prints too much or takes longer than two minutes
 */
export async function runProcess(words) {
  const [program, ...args] = pinned('client', words);
  const { stdout } = await promisify(execFile)(program, args, { timeout: TIMEOUT_MS });
  return stdout;
}
