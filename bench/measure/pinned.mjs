import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';

/** Whether a process can have a processor to itself: there are two, and `taskset`. */
export const canPin = availableParallelism() > 1 && spawnSync('taskset', ['--version']).status === 0;

/** Which processor each side has to itself, where processes can be bound to one. */
const PROCESSORS = { client: String(availableParallelism() - 1), peer: '0' };

/**
 * The words that start a program bound to the processor of its side, so that the two neither wander nor share one.
 *
 * @param {keyof typeof PROCESSORS} side
 * @param {readonly [string, ...string[]]} words
 * @returns {readonly [string, ...string[]]}
 */
export function pinned(side, words) {
  return canPin ? ['taskset', '--cpu-list', PROCESSORS[side], ...words] : words;
}
