import { type BigIntStats, lstatSync, renameSync, unlinkSync } from 'node:fs';

import { systemErrorCode } from '../errors/system-error-code.ts';

/** What stands at a path right now; `undefined` when nothing does. */
export function lookAt(path: string): BigIntStats | undefined {
  return lstatSync(path, { bigint: true, throwIfNoEntry: false });
}

/** Whether what stands there now is what was seen before: a file that replaces another may well get its number. */
export function isSameFile(found: BigIntStats | undefined, seen: BigIntStats): boolean {
  return found?.ino === seen.ino && found.mtimeNs === seen.mtimeNs;
}

/**
 * Removes what stands at the path, provided that it is what was seen there before. It is taken aside for the
 * comparison, which only one of several listeners can do; a live socket that another has put there meanwhile goes back
 * to its place.
 */
export function removeIfUnchanged(path: string, seen: BigIntStats): void {
  // The global one is loaded when it is needed: node:crypto takes longer than all the rest of this package.
  const aside = `${path}.${crypto.randomUUID()}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return;
    throw error;
  }
  if (isSameFile(lookAt(aside), seen)) unlinkSync(aside);
  else renameSync(aside, path);
}
