// @ts-check
import { existsSync } from 'node:fs';
import process from 'node:process';

/**
 * The Chromium that tests run in: `$CHROMIUM`, else the one where Debian's package puts it.
 * @returns {string | undefined} its path, unless there is none
 */
export function findChromium() {
  return [process.env['CHROMIUM'] ?? '/usr/bin/chromium'].find((path) => existsSync(path));
}
