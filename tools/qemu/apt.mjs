// @ts-check
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from './run.mjs';

const packages = ['qemu-system-x86', 'qemu-utils', 'qemu-guest-agent'];

/** Dependencies that only serve installation, services or desktops: apt is told that they are there. */
const pretended = `adduser base-passwd debconf dpkg init-system-helpers iso-codes libasound2-data
  libdrm-common libpam-modules libx11-data lsb-base passwd perl-base systemd tar usrmerge`.split(/\s+/);

/**
 * An apt of our own: the machine's settings (proxies, certificates, passwords) with sources, lists
 * and state in one folder, so that the system and its package state are neither used nor touched.
 * @typedef {object} Apt
 * @property {() => Promise<string>} refresh reads the package lists; gives the Debian version that QEMU would have
 * @property {() => Promise<string[]>} download fetches QEMU and all that it needs; gives paths of `.deb` files
 * @property {(names: readonly string[]) => Promise<string[]>} fetch fetches these packages and nothing that they need
 * @property {(name: string) => Promise<string>} dependencyOf the first package that this one depends on
 * @property {() => Promise<string>} refreshSources reads the lists of source packages; gives the Debian version of QEMU's
 * @property {() => Promise<string>} downloadSource fetches QEMU's source as it was released; gives the path of the archive
 */

/**
 * @param {object} options
 * @param {string} options.folder an empty folder
 * @param {string} options.mirror
 * @param {string} options.keyring
 * @param {import('./releases.mjs').DebianSource} options.source
 * @param {'deb' | 'deb-src'} [options.kind] whether it reads the lists of binary packages or of source packages
 * @param {AbortSignal | undefined} options.signal
 * @returns {Promise<Apt>}
 */
export async function openApt({ folder, mirror, keyring, source, kind = 'deb', signal }) {
  const configuration = join(folder, 'apt.conf');
  const archives = join(folder, 'archives');
  const suites = source.base === undefined || kind === 'deb-src' ? [source.suite] : [source.base, source.suite];
  const options = `${kind === 'deb' ? 'arch=amd64 target=Packages ' : ''}signed-by=${keyring}`;
  for (const name of ['lists', 'archives']) {
    await mkdir(join(folder, name, 'partial'), { recursive: true });
  }
  await writeFile(configuration, settings(folder, source.suite));
  await writeFile(join(folder, 'status'), pretended.map(installedStanza).join('\n'));
  await writeFile(
    join(folder, 'sources.list'),
    suites.map((suite) => `${kind} [${options}] ${mirror} ${suite} main\n`).join(''),
  );
  /**
   * @param {string} program
   * @param {readonly string[]} args
   */
  const apt = (program, ...args) => run(program, ['-c', configuration, '-qq', ...args], signal);
  /** @param {readonly string[]} args of a command that saves files to where it runs */
  const aptInArchives = (...args) =>
    run('env', ['-C', archives, 'apt-get', '-c', configuration, '-qq', ...args], signal);
  /** @param {string} end of the names */
  const archived = async (end) => {
    const names = await readdir(archives);
    return names.filter((name) => name.endsWith(end)).map((name) => join(archives, name));
  };
  return {
    async refresh() {
      await apt('apt-get', 'update');
      const policy = await apt('apt-cache', 'policy', 'qemu-system-x86');
      return /^ +Candidate: (\S+)/m.exec(policy)?.[1] ?? 'nothing';
    },
    async download() {
      await apt('apt-get', '--download-only', '--yes', 'install', ...packages);
      return await archived('.deb');
    },
    async fetch(names) {
      await aptInArchives('download', ...names);
      return await archived('.deb');
    },
    async refreshSources() {
      await apt('apt-get', 'update');
      const uris = await apt('apt-get', 'source', '--print-uris', '--dsc-only', 'qemu');
      return /qemu_([^/ ]+)\.dsc/.exec(decodeURIComponent(uris))?.[1] ?? 'nothing';
    },
    async downloadSource() {
      await aptInArchives('source', '--download-only', '--tar-only', 'qemu');
      const [archive] = await archived('.orig.tar.xz');
      if (archive === undefined) throw new Error("Debian's source of QEMU is no .orig.tar.xz any more");
      return archive;
    },
    async dependencyOf(name) {
      return /^ *Depends: (\S+)/m.exec(await apt('apt-cache', 'depends', name))?.[1] ?? 'nothing';
    },
  };
}

/**
 * @param {string} folder
 * @param {string} suite
 * @returns {string}
 */
function settings(folder, suite) {
  return `
Dir::State "${folder}";
Dir::State::lists "${folder}/lists";
Dir::State::status "${folder}/status";
Dir::State::extended_states "${folder}/extended_states";
Dir::Cache "${folder}";
Dir::Cache::archives "${folder}/archives";
Dir::Cache::pkgcache "${folder}/pkgcache.bin";
Dir::Cache::srcpkgcache "";
Dir::Log "${folder}";
Dir::Etc::sourcelist "${folder}/sources.list";
Dir::Etc::sourceparts "/dev/null";
Dir::Etc::preferences "/dev/null";
Dir::Etc::preferencesparts "/dev/null";
#clear APT::Architectures;
#clear APT::Update::Pre-Invoke;
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
APT::Architecture "amd64";
APT::Architectures { "amd64"; };
APT::Default-Release "${suite}";
APT::Install-Recommends "false";
APT::Install-Suggests "false";
// The user that apt downloads as cannot enter a cache folder in root's home.
APT::Sandbox::User "root";
// Otherwise an unreachable archive is a warning only.
APT::Update::Error-Mode "any";
// Old suites stand still, their lists run out.
Acquire::Check-Valid-Until "false";
Acquire::Languages "none";
pkgCacheGen::ForceEssential "none";
`;
}

/**
 * @param {string} name
 * @returns {string}
 */
function installedStanza(name) {
  return `Package: ${name}
Status: install ok installed
Version: 9999
Architecture: amd64
Multi-Arch: foreign
Maintainer: nobody
Description: not needed at run time
`;
}
