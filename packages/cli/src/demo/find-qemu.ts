import { constants } from 'node:fs';
import { access, readdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

import type { Environment } from '../terminal/terminal.ts';

const PREFERRED = ['qemu-system-x86_64', 'qemu-system-i386'];
const ANY = /^qemu-system-[a-z0-9]+(?:_[a-z0-9]+)*$/;

/** The QEMU to start: `$QEMU` as it stands, else the first on PATH, preferably one for PCs. Undefined without any. */
export async function findQemu(env: Environment): Promise<string | undefined> {
  const chosen = env['QEMU'];
  if (chosen !== undefined && chosen !== '') return chosen;
  // Shells take an empty entry for the current folder; to start a program from there unasked would be a trap.
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  for (const name of PREFERRED) {
    const path = await firstExecutable(folders.map((folder) => join(folder, name)));
    if (path !== undefined) return path;
  }
  const listings = await Promise.all(folders.map(listQemus));
  return await firstExecutable(listings.flat());
}

/** Whether a QEMU of this name emulates PCs, whose firmware draws on the screen. */
export function emulatesPc(program: string): boolean {
  return !/qemu-system-(?!x86_64|i386)[^/\\]*$/.test(program);
}

async function listQemus(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  return names
    .filter((name) => ANY.test(name))
    .sort()
    .map((name) => join(folder, name));
}

async function firstExecutable(paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) {
    const isExecutable = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isExecutable) return path;
  }
  return undefined;
}
