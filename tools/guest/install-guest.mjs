// @ts-check
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { openApt } from '../qemu/apt.mjs';
import { withBuildFolder } from '../qemu/build-folder.mjs';
import { cacheFolder } from '../qemu/cache.mjs';
import { debianMirror } from '../qemu/mirror.mjs';
import { findKeyring } from '../qemu/prerequisites.mjs';
import { run } from '../qemu/run.mjs';

const folderName = 'guest';

/** What Debian's kernel for virtual machines has as modules on the way to a `virtserialport`, in the order of loading. */
export const moduleNames = [
  'virtio',
  'virtio_ring',
  'virtio_pci_modern_dev',
  'virtio_pci_legacy_dev',
  'virtio_pci',
  'virtio_console',
];

/** @type {typeof import('./index.mjs').installGuest} */
export async function installGuest({ signal } = {}) {
  const target = join(cacheFolder(), folderName);
  if (!existsSync(target)) await install(target, signal);
  return target;
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
    const apt = await openApt({ folder: build, mirror, keyring, source: { suite: 'bookworm' }, signal });
    await apt.refresh();
    const kernel = await apt.dependencyOf('linux-image-cloud-amd64');
    const debs = await apt.fetch([kernel, 'busybox-static']);
    const root = join(build, 'root');
    for (const deb of debs) await run('dpkg-deb', ['--extract', deb, root], signal);
    const home = join(build, 'home');
    await mkdir(home);
    for (const path of await filesIn(root)) {
      const name = basename(path);
      if (name.startsWith('vmlinuz-')) await copyFile(path, join(home, 'vmlinuz'));
      else if (name === 'busybox') await copyFile(path, join(home, name));
      else if (moduleNames.includes(name.replace(/\.ko$/, ''))) await copyFile(path, join(home, name));
    }
    return { home, keep: () => existsSync(target) };
  });
}

/**
 * @param {string} folder
 * @returns {Promise<string[]>}
 */
async function filesIn(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
}
