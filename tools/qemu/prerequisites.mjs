// @ts-check
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const keyrings = ['gpg', 'pgp'].map((kind) => `/usr/share/keyrings/debian-archive-keyring.${kind}`);

/**
 * Checks that this machine can take apart and run Debian's packages.
 * @returns {string} the path of the keys that Debian signs its archive with
 * @throws {Error} that says what is missing and what to do
 */
export function findKeyring() {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(`Debian's QEMU for x86-64 Linux cannot run here: this is ${process.platform} on ${process.arch}`);
  }
  return findKeyringFor(['apt-get', 'apt-cache', 'dpkg-deb']);
}

/**
 * Checks that this machine can take apart Debian's source packages.
 * @returns {string} the path of the keys that Debian signs its archive with
 * @throws {Error} that says what is missing and what to do
 */
export function findSourceKeyring() {
  return findKeyringFor(['apt-get', 'apt-cache', 'tar', 'xz']);
}

/**
 * @param {readonly string[]} programs
 * @returns {string}
 */
function findKeyringFor(programs) {
  for (const program of programs) {
    if (!isOnPath(program)) {
      throw new Error(
        `${program} is missing: QEMU is taken from Debian's packages, which needs Debian, Ubuntu or a relative`,
      );
    }
  }
  const keyring = keyrings.find((path) => existsSync(path));
  if (keyring === undefined) {
    throw new Error(`${keyrings[0]} is missing: run "apt-get install debian-archive-keyring" as root`);
  }
  return keyring;
}

/**
 * @param {string} program
 * @returns {boolean}
 */
function isOnPath(program) {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.some((folder) => folder !== '' && existsSync(join(folder, program)));
}
