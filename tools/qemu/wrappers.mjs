// @ts-check
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { libraryFolders, moduleFolder } from './root.mjs';

const firmwareFolders = ['usr/share/qemu', 'usr/share/seabios', 'usr/lib/ipxe/qemu'];

/**
 * Writes a shell script per program that starts it with the loader and the libraries of its root.
 * The scripts find the root beside their own folder, so the whole may be moved.
 * @param {string} bin the folder to write to
 * @param {import('./root.mjs').QemuRoot} root in a folder called `root` beside `bin`
 * @returns {Promise<void>}
 */
export async function writeWrappers(bin, root) {
  await mkdir(bin);
  for (const [name, program] of root.programs) {
    await writeFile(join(bin, name), wrapper(name, program, root), { mode: 0o755 });
  }
}

/**
 * @param {string} name
 * @param {string} program
 * @param {import('./root.mjs').QemuRoot} root
 * @returns {string}
 */
function wrapper(name, program, { loader, loaderTakesName }) {
  const command = [
    `"$root/${loader}"`,
    ...(loaderTakesName ? ['--argv0', name] : []),
    '--inhibit-cache',
    '--library-path',
    `"${libraryFolders.map((libraries) => `$root/${libraries}`).join(':')}"`,
    `"$root/${program}"`,
    ...(name === 'qemu-system-x86_64' ? firmwareFolders.map((folder) => `-L "$root/${folder}"`) : []),
    '"$@"',
  ];
  return `#!/bin/sh
# Starts ${name} with the libraries that it was built with. exec keeps the process id.
self=$0
[ ! -L "$self" ] || self=$(readlink -f "$self")
root=$(CDPATH= cd "\${self%/*}/../root" && pwd) || exit
export QEMU_MODULE_DIR="$root/${moduleFolder}"
exec ${command.join(' ')}
`;
}
