// @ts-check
import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';

/** The file whose presence makes a version's folder an installation. */
export const markerName = 'installed.json';

/**
 * The folder that holds one folder per installed version:
 * `$QMP_QEMU_CACHE`, else `$XDG_CACHE_HOME/qmp-qemu`, else `~/.cache/qmp-qemu`.
 * @returns {string} an absolute path
 */
export function cacheFolder() {
  const own = process.env['QMP_QEMU_CACHE'];
  if (own) return resolve(own);
  const shared = process.env['XDG_CACHE_HOME'];
  // The XDG specification wants relative paths ignored.
  return join(shared && isAbsolute(shared) ? shared : join(homedir(), '.cache'), 'qmp-qemu');
}
