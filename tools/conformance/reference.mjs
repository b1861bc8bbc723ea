// @ts-check
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openApt } from '../qemu/apt.mjs';
import { withBuildFolder } from '../qemu/build-folder.mjs';
import { cacheFolder } from '../qemu/cache.mjs';
import { debianMirror } from '../qemu/mirror.mjs';
import { findKeyring } from '../qemu/prerequisites.mjs';
import { run } from '../qemu/run.mjs';

const folderName = 'python-qemu-qmp';

/**
 * Brings QEMU's own client in Python, `qemu.qmp`, from Debian's newest suite into the cache folder, unless it is there.
 *
 * @param {AbortSignal} [signal]
 * @returns {Promise<string>} what `PYTHONPATH` has to name
 * @throws {Error} that says why it cannot be had
 */
export async function fetchReference(signal) {
  const target = join(cacheFolder(), folderName);
  if (!existsSync(target)) await fetch(target, signal);
  await run('python3', ['--version'], signal);
  return join(target, 'usr/lib/python3/dist-packages');
}

/**
 * @param {string} target
 * @param {AbortSignal | undefined} signal
 * @returns {Promise<void>}
 */
async function fetch(target, signal) {
  const keyring = findKeyring();
  const mirror = await debianMirror(signal);
  await withBuildFolder(folderName, async (build) => {
    const apt = await openApt({ folder: build, mirror, keyring, source: { suite: 'sid' }, signal });
    await apt.refresh();
    const home = join(build, 'home');
    for (const deb of await apt.fetch(['python3-qemu-qmp'])) await run('dpkg-deb', ['--extract', deb, home], signal);
    return { home, keep: () => existsSync(target) };
  });
}
