// @ts-check
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openApt } from '../qemu/apt.mjs';
import { withBuildFolder } from '../qemu/build-folder.mjs';
import { cacheFolder } from '../qemu/cache.mjs';
import { debianMirror } from '../qemu/mirror.mjs';
import { findKeyring } from '../qemu/prerequisites.mjs';
import { run } from '../qemu/run.mjs';

const folderName = 'python-qmp';

/** Where Debian's packages keep modules of Python. */
const modules = 'usr/lib/python3/dist-packages';

/** @type {typeof import('./index.mjs').installPythonQmp} */
export async function installPythonQmp({ signal } = {}) {
  const target = join(cacheFolder(), folderName);
  if (!existsSync(target)) await install(target, signal);
  const path = join(target, modules);
  await run('env', [`PYTHONPATH=${path}`, 'python3', '-c', 'import qemu.qmp'], signal);
  return path;
}

/**
 * @param {string} target
 * @param {AbortSignal | undefined} signal
 * @returns {Promise<void>}
 */
async function install(target, signal) {
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
