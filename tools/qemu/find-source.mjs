// @ts-check
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { openApt } from './apt.mjs';
import { isOfVersion, sourcesOf } from './releases.mjs';

/**
 * Asks Debian's suites, best first, until one has the version.
 * @param {string} version
 * @param {object} options
 * @param {string} options.build a folder for what apt needs
 * @param {string} options.mirror
 * @param {string} options.keyring
 * @param {AbortSignal | undefined} options.signal
 * @param {(step: string) => void} options.report
 * @returns {Promise<{ apt: import('./apt.mjs').Apt, debianVersion: string }>}
 * @throws {Error} with what each suite had to say, when none has it
 */
export async function findSource(version, { build, mirror, keyring, signal, report }) {
  const refusals = [];
  for (const source of sourcesOf(version)) {
    report(`reading the package lists of Debian ${source.suite} from ${mirror}`);
    const folder = await mkdtemp(join(build, 'apt-'));
    const apt = await openApt({ folder, mirror, keyring, source, signal });
    try {
      const debianVersion = await apt.refresh();
      if (isOfVersion(debianVersion, version)) return { apt, debianVersion };
      refusals.push(`${source.suite} has ${debianVersion}`);
    } catch (error) {
      signal?.throwIfAborted();
      refusals.push(`${source.suite}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  throw new Error(
    `cannot get QEMU ${version} from ${mirror} (${refusals.join('; ')}); DEBIAN_MIRROR in the environment names another archive`,
  );
}
