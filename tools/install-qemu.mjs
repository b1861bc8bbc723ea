#!/usr/bin/env node
// @ts-check
import { parseArgs } from 'node:util';
import { cacheFolder } from './qemu/cache.mjs';
import { installQemu, installedQemu } from './qemu/index.mjs';
import { defaultVersions, knownVersions } from './qemu/releases.mjs';

const help = `Usage: node tools/install-qemu.mjs [--force] [VERSION ...]
       node tools/install-qemu.mjs --list

Brings real QEMU versions from Debian's packages into a cache folder, for tests
to run against. Needs no root and touches nothing else. What is there is kept.

VERSION   ${knownVersions.join(', ')} (without any: ${defaultVersions.join(' ')})
--force   install again what is there already
--list    print what is installed, with the paths of its programs
--help    print this

A version takes about 15 seconds and 35 MB to download, and 110 MB on disk: its
own loader, libraries and firmware, and qemu-system-x86_64, qemu-storage-daemon,
qemu-ga and qemu-img in VERSION/bin, which run straight from there.

Needs x86-64 Linux with apt-get, dpkg-deb and Debian's keys (the package
debian-archive-keyring): any Debian, or an Ubuntu with that package.

Environment:
  QMP_QEMU_CACHE   the cache folder (now ${cacheFolder()});
                   else $XDG_CACHE_HOME/qmp-qemu, else ~/.cache/qmp-qemu
  DEBIAN_MIRROR    the archive to download from, such as
                   http://deb.debian.org/debian; else the one apt uses

Exit status: 0 all is there, 1 something could not be installed, 2 wrong usage.
`;

const signalNumbers = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 };

process.exitCode = await main(process.argv.slice(2));

/**
 * @param {string[]} args
 * @returns {Promise<number>} the exit status
 */
async function main(args) {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        force: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h' },
        list: { type: 'boolean' },
      },
    });
    if (values.help) process.stdout.write(help);
    else if (values.list) process.stdout.write(list());
    else return await install(positionals, values.force ?? false);
    return 0;
  } catch (error) {
    const { message, code = '' } = /** @type {NodeJS.ErrnoException} */ (error);
    const isMisuse = error instanceof RangeError || code.startsWith('ERR_PARSE_ARGS');
    process.stderr.write(`install-qemu: ${message}${isMisuse ? ' (--help explains)' : ''}\n`);
    return isMisuse ? 2 : 1;
  }
}

/**
 * @param {string[]} versions
 * @param {boolean} force
 * @returns {Promise<number>}
 */
async function install(versions, force) {
  const controller = new AbortController();
  /** @type {keyof typeof signalNumbers | undefined} */
  let stoppedBy;
  for (const name of /** @type {(keyof typeof signalNumbers)[]} */ (Object.keys(signalNumbers))) {
    process.once(name, () => {
      stoppedBy = name;
      controller.abort();
    });
  }
  try {
    await installQemu(versions.length === 0 ? defaultVersions : versions, {
      force,
      signal: controller.signal,
      report: (line) => process.stdout.write(`${line}\n`),
    });
    return 0;
  } catch (error) {
    if (stoppedBy === undefined) throw error;
    process.stderr.write(`install-qemu: stopped by ${stoppedBy}, nothing half-done is left\n`);
    return 128 + signalNumbers[stoppedBy];
  }
}

/** @returns {string} */
function list() {
  const lines = installedQemu().map(
    ({ version, debianVersion, bytes, qemu, storageDaemon, guestAgent, img }) =>
      `${version} (${debianVersion}, ${Math.round(bytes / 1e6)} MB)\n` +
      [qemu, storageDaemon, guestAgent, img].map((path) => `  ${path}\n`).join(''),
  );
  return lines.join('') || `nothing is installed in ${cacheFolder()}\n`;
}
