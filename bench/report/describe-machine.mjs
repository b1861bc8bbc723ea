import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism, cpus, release, type } from 'node:os';
import { findPython } from '../measure/find-python.mjs';
import { findQemu } from '../server/find-qemu.mjs';

const OS_RELEASE = '/etc/os-release';

/**
 * What the figures were taken on and with, and what was left out, as a list of sentences.
 *
 * @param {object} run
 * @param {number} run.rounds
 * @param {readonly import('../rows/row.ts').Runtime[]} run.runtimes
 * @param {readonly string[]} run.notices
 */
export function describeMachine({ rounds, runtimes, notices }) {
  const qemu = findQemu()?.reports;
  const python = findPython()?.description;
  const versions = [...runtimes.map(({ name }) => name), qemu, python].filter((version) => version !== undefined);
  return [
    `Measured on ${new Date().toISOString().slice(0, 10)}, medians of ${rounds} interleaved rounds.`,
    `Machine: ${availableParallelism()} × ${cpus()[0]?.model ?? 'unknown processor'}, ${distribution()}, ${type()} ${release()}.`,
    `Versions: ${versions.join(', ')}.`,
    ...notices,
  ]
    .map((sentence) => `- ${sentence}`)
    .join('\n');
}

/** `Debian GNU/Linux 12 (bookworm)` */
function distribution() {
  const text = existsSync(OS_RELEASE) ? readFileSync(OS_RELEASE, 'utf8') : '';
  return /^PRETTY_NAME="(.*)"$/m.exec(text)?.[1] ?? process.platform;
}
