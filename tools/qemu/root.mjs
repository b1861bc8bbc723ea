// @ts-check
import { existsSync } from 'node:fs';
import { readdir, readFile, realpath, rm, symlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { run, runEach } from './run.mjs';

/** The programs that an installation is about. */
export const programNames = ['qemu-system-x86_64', 'qemu-storage-daemon', 'qemu-ga', 'qemu-img'];

/** Where Debian keeps libraries: older releases have part of them outside of `/usr`. */
export const libraryFolders = ['usr/lib/x86_64-linux-gnu', 'lib/x86_64-linux-gnu'];

/** Where QEMU's loadable modules are. */
export const moduleFolder = 'usr/lib/x86_64-linux-gnu/qemu';

/**
 * A Debian tree that has just enough in it to run QEMU. Paths are relative to its folder.
 * @typedef {object} QemuRoot
 * @property {string} folder an absolute path
 * @property {string} loader the dynamic loader, which starts every program here
 * @property {boolean} loaderTakesName whether the loader can say what a program is called
 * @property {ReadonlyMap<string, string>} programs name to path
 */

/**
 * Unpacks packages into a folder and leaves out what no QEMU process reads.
 * @param {string} folder does not exist yet
 * @param {readonly string[]} debs paths of packages
 * @param {AbortSignal | undefined} signal
 * @returns {Promise<QemuRoot>}
 */
export async function unpackRoot(folder, debs, signal) {
  await runEach(debs, async (deb) => {
    await run('dpkg-deb', ['--extract', deb, folder], signal);
  });
  const programs = new Map(programNames.map((name) => [name, find(folder, [`usr/bin/${name}`, `usr/sbin/${name}`])]));
  await prune(folder, new Set(programs.values()));
  const loader = find(
    folder,
    libraryFolders.map((libraries) => `${libraries}/ld-linux-x86-64.so.2`),
  );
  const loaderPath = await realpath(join(folder, loader));
  // QEMU takes its files from here if it exists, and else from the system's /usr: the modules of
  // another QEMU there would abort this one.
  const beside = dirname(loaderPath);
  await symlink(relative(beside, await realpath(folder)), join(beside, 'qemu-bundle'));
  const loaderTakesName = (await readFile(loaderPath)).includes('--argv0');
  return { folder, loader, loaderTakesName, programs };
}

/**
 * Makes sure that nothing would be borrowed from the system.
 * @param {QemuRoot} root
 * @param {AbortSignal | undefined} signal
 * @returns {Promise<void>}
 * @throws {Error} when a program or module needs a library that the tree does not have
 */
export async function checkLibraries({ folder, loader, programs }, signal) {
  const modules = existsSync(join(folder, moduleFolder)) ? await readdir(join(folder, moduleFolder)) : [];
  const files = [...programs.values(), ...modules.map((name) => join(moduleFolder, name))];
  const search = libraryFolders.map((libraries) => join(folder, libraries)).join(':');
  await runEach(files, async (file) => {
    const list = await run(
      join(folder, loader),
      ['--inhibit-cache', '--library-path', search, '--list', join(folder, file)],
      signal,
    );
    const stranger = list.split('\n').find((line) => line.includes('=>') && !line.includes(`=> ${folder}/`));
    if (stranger) throw new Error(`${file} needs what its Debian packages do not bring: ${stranger.trim()}`);
  });
}

/**
 * @param {string} folder
 * @param {readonly string[]} candidates
 * @returns {string}
 */
function find(folder, candidates) {
  const found = candidates.find((path) => existsSync(join(folder, path)));
  if (found === undefined) throw new Error(`the Debian packages have no ${candidates.join(' or ')}`);
  return found;
}

/**
 * @param {string} folder
 * @param {ReadonlySet<string>} programs
 * @returns {Promise<void>}
 */
async function prune(folder, programs) {
  const unread = [
    'etc',
    'var',
    'usr/include',
    ...['doc', 'man', 'locale', 'lintian'].map((name) => `usr/share/${name}`),
  ];
  for (const bin of ['bin', 'sbin', 'usr/bin', 'usr/sbin']) {
    if (!existsSync(join(folder, bin))) continue;
    const names = await readdir(join(folder, bin));
    unread.push(...names.map((name) => `${bin}/${name}`).filter((path) => !programs.has(path)));
  }
  await Promise.all(unread.map((path) => rm(join(folder, path), { recursive: true, force: true })));
}
