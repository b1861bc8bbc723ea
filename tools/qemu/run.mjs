// @ts-check
import { execFile } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/**
 * Runs a program to its end.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {AbortSignal} [signal] kills the program
 * @returns {Promise<string>} what it printed on standard output
 * @throws {Error} with what it complained about, when it does not exit with 0
 */
export async function run(program, args, signal) {
  // Messages are parsed, so they must not be translated.
  const env = { ...process.env, LC_ALL: 'C' };
  const options = { env, maxBuffer: 64 * 1024 * 1024, ...(signal && { signal }) };
  try {
    const { stdout } = await execute(program, args, options);
    return stdout;
  } catch (error) {
    signal?.throwIfAborted();
    const { message, stderr = '' } = /** @type {Error & { stderr?: string }} */ (error);
    throw new Error(complaint(stderr) ?? message, { cause: error });
  }
}

/**
 * Does `work` for each item, as many at a time as there are processors.
 * Returns or throws once nothing is running any more.
 * @template T
 * @param {readonly T[]} items
 * @param {(item: T) => Promise<void>} work
 * @returns {Promise<void>}
 */
export async function runEach(items, work) {
  const queue = items.values();
  const workers = Array.from({ length: availableParallelism() }, async () => {
    for (const item of queue) await work(item);
  });
  for (const result of await Promise.allSettled(workers)) {
    if (result.status === 'rejected') throw result.reason;
  }
}

/**
 * The line that says what went wrong: apt marks it with `E:`, others say it last.
 * @param {string} stderr
 * @returns {string | undefined}
 */
function complaint(stderr) {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '');
  const marked = lines.find((line) => line.startsWith('E: '));
  return marked?.slice('E: '.length).replace(/\s+/g, ' ') ?? lines.at(-1)?.trim();
}
