// @ts-check
import { lstat, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withBuildFolder } from './build-folder.mjs';
import { markerName } from './cache.mjs';
import { findSource } from './find-source.mjs';
import { installedQemu } from './installed.mjs';
import { debianMirror } from './mirror.mjs';
import { findKeyring } from './prerequisites.mjs';
import { sourcesOf } from './releases.mjs';
import { checkLibraries, programNames, unpackRoot } from './root.mjs';
import { run } from './run.mjs';
import { writeWrappers } from './wrappers.mjs';

/** @type {typeof import('./index.mjs').installQemu} */
export async function installQemu(versions, { force = false, signal, report } = {}) {
  for (const version of versions) sourcesOf(version);
  /** @type {import('./index.mjs').InstalledQemu[]} */
  const result = [];
  for (const version of new Set(versions)) {
    const startedAtMs = performance.now();
    const present = find(version);
    if (present === undefined || force) {
      await install(version, { force, signal, report: (step) => report?.(`${version}: ${step}`) });
    }
    const installed = present && !force ? present : required(version);
    const seconds = ((performance.now() - startedAtMs) / 1000).toFixed(1);
    const news = installed === present ? 'was installed before' : `installed in ${seconds} s`;
    report?.(`${version}: ${news}, ${Math.round(installed.bytes / 1e6)} MB: ${installed.reports}`);
    result.push(installed);
  }
  return result;
}

/**
 * @param {string} version
 * @param {{ force: boolean, signal: AbortSignal | undefined, report: (step: string) => void }} options
 * @returns {Promise<void>}
 */
async function install(version, { force, signal, report }) {
  const keyring = findKeyring();
  const mirror = await debianMirror(signal);
  await withBuildFolder(version, async (build) => {
    const { apt, debianVersion } = await findSource(version, { build, mirror, keyring, signal, report });
    report(`downloading ${debianVersion} and the libraries that it needs`);
    const debs = await apt.download();
    report(`unpacking ${debs.length} packages`);
    const home = join(build, 'home');
    await mkdir(home);
    const root = await unpackRoot(join(home, 'root'), debs, signal);
    await checkLibraries(root, signal);
    await writeWrappers(join(home, 'bin'), root);
    const reports = await firstLine(join(home, 'bin'), signal);
    const marker = { version, debianVersion, reports, bytes: await sizeOf(home) };
    await writeFile(join(home, markerName), `${JSON.stringify(marker, undefined, 2)}\n`);
    return { home, keep: () => !force && find(version) !== undefined };
  });
}

/**
 * Starts every program once.
 * @param {string} bin
 * @param {AbortSignal | undefined} signal
 * @returns {Promise<string>} what QEMU calls itself
 */
async function firstLine(bin, signal) {
  const answers = await Promise.all(programNames.map((name) => run(join(bin, name), ['--version'], signal)));
  return answers[0]?.split('\n', 1)[0] ?? '';
}

/**
 * @param {string} folder
 * @returns {Promise<number>} in bytes
 */
async function sizeOf(folder) {
  // With file types, because else it follows symbolic links, and QEMU's own one leads round in circles.
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const sizes = await Promise.all(
    entries.map(async ({ parentPath, name }) => (await lstat(join(parentPath, name))).size),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

/**
 * @param {string} version
 * @returns {import('./index.mjs').InstalledQemu | undefined}
 */
function find(version) {
  return installedQemu().find((installed) => installed.version === version);
}

/**
 * @param {string} version
 * @returns {import('./index.mjs').InstalledQemu}
 */
function required(version) {
  const installed = find(version);
  if (installed === undefined) throw new Error(`QEMU ${version} was removed while it was being installed`);
  return installed;
}
