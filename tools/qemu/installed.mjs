// @ts-check
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, markerName } from './cache.mjs';
import { ifPresent } from './if-present.mjs';
import { knownVersions } from './releases.mjs';

/**
 * What an installation writes down about itself, as its last step.
 * @typedef {Pick<import('./index.mjs').InstalledQemu, 'version' | 'debianVersion' | 'reports' | 'bytes'>} Marker
 */

/** @type {typeof import('./index.mjs').installedQemu} */
export function installedQemu() {
  return knownVersions.flatMap((version) => {
    const folder = join(cacheFolder(), version);
    const text = ifPresent(() => readFileSync(join(folder, markerName), 'utf8'));
    return text === undefined ? [] : [describe(folder, /** @type {Marker} */ (JSON.parse(text)))];
  });
}

/**
 * @param {string} folder
 * @param {Marker} marker
 * @returns {import('./index.mjs').InstalledQemu}
 */
function describe(folder, marker) {
  return {
    ...marker,
    qemu: join(folder, 'bin', 'qemu-system-x86_64'),
    storageDaemon: join(folder, 'bin', 'qemu-storage-daemon'),
    guestAgent: join(folder, 'bin', 'qemu-ga'),
    img: join(folder, 'bin', 'qemu-img'),
  };
}
