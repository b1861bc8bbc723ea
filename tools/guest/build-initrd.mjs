// @ts-check
import { existsSync } from 'node:fs';
import { readFile, realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { libraryFolders } from '../qemu/root.mjs';
import { run } from '../qemu/run.mjs';
import { packCpio } from './cpio.mjs';
import { moduleNames } from './install-guest.mjs';

const port = 'org.qemu.guest_agent.0';

/** Mounts what programs expect, loads the modules, and becomes the agent. */
const init = `#!/bin/busybox sh
/bin/busybox --install -s /bin
export PATH=/bin
mount -t devtmpfs dev /dev
mount -t proc proc /proc
mount -t sysfs sys /sys
for module in ${moduleNames.join(' ')}; do
  [ ! -e /modules/$module.ko ] || insmod /modules/$module.ko
done
while :; do
  for found in /sys/class/virtio-ports/*; do
    [ "$(cat $found/name)" != ${port} ] || break 2
  done
  usleep 10000
done
exec /agent/ld.so --library-path /agent /agent/qemu-ga -m virtio-serial -p /dev/\${found##*/} -t /run -f /run/agent.pid
`;

/** @type {typeof import('./index.mjs').buildInitrd} */
export async function buildInitrd(guest, { guestAgent }) {
  const folders = ['bin', 'dev', 'proc', 'sys', 'run', 'tmp', 'modules', 'agent'];
  /** @type {import('./cpio.mjs').CpioEntry[]} */
  const entries = folders.map((path) => ({ path, kind: 'folder' }));
  /**
   * @param {string} path
   * @param {string} source
   */
  const copy = async (path, source) => entries.push({ path, kind: 'file', contents: await readFile(source) });
  await copy('bin/busybox', join(guest, 'busybox'));
  for (const name of moduleNames) {
    const file = join(guest, `${name}.ko`);
    if (existsSync(file)) await copy(`modules/${name}.ko`, file);
  }
  const root = join(dirname(await realpath(guestAgent)), '..', 'root');
  for (const [name, file] of await agentFiles(root)) await copy(`agent/${name}`, file);
  entries.push({ path: 'init', kind: 'file', contents: init });
  return gzipSync(packCpio(entries), { level: 1 });
}

/**
 * The agent, the loader and the libraries that it takes, as they stand in the tree of an installed QEMU.
 * @param {string} root
 * @returns {Promise<Map<string, string>>} name to path
 */
async function agentFiles(root) {
  const search = libraryFolders.map((folder) => join(root, folder));
  const loader = search.map((folder) => join(folder, 'ld-linux-x86-64.so.2')).find((path) => existsSync(path));
  const agent = ['usr/sbin', 'usr/bin'].map((folder) => join(root, folder, 'qemu-ga')).find((path) => existsSync(path));
  if (loader === undefined || agent === undefined) throw new Error(`${root} has no guest agent`);
  const list = await run(loader, ['--inhibit-cache', '--library-path', search.join(':'), '--list', agent]);
  const libraries = [...list.matchAll(/=> (\/\S+)/g)].map(([, path = '']) => path);
  return new Map([
    ['ld.so', loader],
    ['qemu-ga', agent],
    ...libraries.map((path) => /** @type {const} */ ([basename(path), path])),
  ]);
}
