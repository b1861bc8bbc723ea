// @ts-check
import { existsSync, readFileSync, statSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { openApt } from './apt.mjs';
import { withBuildFolder } from './build-folder.mjs';
import { cacheFolder, markerName } from './cache.mjs';
import { ifPresent } from './if-present.mjs';
import { debianMirror } from './mirror.mjs';
import { findSourceKeyring } from './prerequisites.mjs';
import { defaultVersions, isOfVersion, sourcesOf } from './releases.mjs';
import { run } from './run.mjs';

/** What of QEMU's source has to do with its schemas. */
const wanted = ['VERSION', 'qapi/*.json', 'qga/*.json', 'storage-daemon/qapi/*.json', 'tests/qapi-schema/*'];

/** A refusal is believed that long: to ask again takes half a minute. */
const refusalHoldsMs = 24 * 60 * 60 * 1000;

/** @type {typeof import('./index.mjs').findSchemaSources} */
export function findSchemaSources() {
  const own = process.env['QEMU_SCHEMAS'];
  return defaultVersions.map((version) => {
    const candidates = [...(own ? [join(resolve(own), version)] : []), ...installedFolders(version)];
    const folders = candidates.filter((folder) => existsSync(join(folder, 'qapi', 'qapi-schema.json')));
    /** @param {string} name */
    const part = (name) => folders.map((folder) => join(folder, name)).find((folder) => existsSync(folder));
    const [folder] = folders;
    const tests = part('tests/qapi-schema');
    const live = part('live');
    const refusal = refusalOf(version);
    return {
      version,
      ...(folder === undefined ? {} : { folder }),
      ...(tests === undefined ? {} : { tests }),
      ...(live === undefined ? {} : { live }),
      ...(folder === undefined || tests === undefined ? { reason: refusal ?? 'it was not fetched yet' } : {}),
    };
  });
}

/** @type {typeof import('./index.mjs').fetchSchemaSources} */
export async function fetchSchemaSources({ signal, report } = {}) {
  for (const { version, reason } of findSchemaSources()) {
    if (reason === undefined || refusalOf(version) !== undefined) continue;
    try {
      await fetchSource(version, { signal, report: (step) => report?.(`${version}'s schema: ${step}`) });
    } catch (error) {
      signal?.throwIfAborted();
      await refuse(version, error instanceof Error ? error.message : String(error));
    }
  }
  return findSchemaSources();
}

/**
 * @param {string} version
 * @param {{ signal: AbortSignal | undefined, report: (step: string) => void }} options
 * @returns {Promise<void>}
 */
async function fetchSource(version, { signal, report }) {
  const keyring = findSourceKeyring();
  const mirror = await debianMirror(signal);
  const refusals = [];
  for (const source of sourcesOf(version)) {
    try {
      await withBuildFolder(nameOf(version), async (build) => {
        report(`reading the source lists of Debian ${source.suite} from ${mirror}`);
        const apt = await openApt({ folder: build, mirror, keyring, source, kind: 'deb-src', signal });
        const debianVersion = await apt.refreshSources();
        if (!isOfVersion(debianVersion, version)) throw new Error(`it has ${debianVersion}`);
        report(`downloading the source of ${debianVersion}`);
        const archive = await apt.downloadSource();
        const home = join(build, 'home');
        await mkdir(home);
        const patterns = wanted.map((pattern) => `*/${pattern}`);
        const options = ['--wildcards', '--no-wildcards-match-slash', '--strip-components=1'];
        await run('tar', ['-xJf', archive, '-C', home, ...options, ...patterns], signal);
        await writeFile(join(home, markerName), `${JSON.stringify({ version, debianVersion }, undefined, 2)}\n`);
        return { home, keep: () => installedFolders(version).length > 0 };
      });
      return;
    } catch (error) {
      signal?.throwIfAborted();
      refusals.push(`${source.suite}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  throw new Error(`cannot get the source of QEMU ${version} from ${mirror} (${refusals.join('; ')})`);
}

/**
 * @param {string} version
 * @returns {string} the name of its folder in the cache
 */
function nameOf(version) {
  return `schema-${version}`;
}

/**
 * @param {string} version
 * @returns {string[]} one at most
 */
function installedFolders(version) {
  const folder = join(cacheFolder(), nameOf(version));
  return existsSync(join(folder, markerName)) ? [folder] : [];
}

/**
 * @param {string} version
 * @returns {string}
 */
function refusalFile(version) {
  return join(cacheFolder(), `${nameOf(version)}.refused`);
}

/**
 * @param {string} version
 * @returns {string | undefined} why it could not be fetched, as long as it is not worth another attempt
 */
function refusalOf(version) {
  const file = refusalFile(version);
  const age = ifPresent(() => Date.now() - statSync(file).mtimeMs);
  return age === undefined || age > refusalHoldsMs ? undefined : ifPresent(() => readFileSync(file, 'utf8'));
}

/**
 * @param {string} version
 * @param {string} reason
 * @returns {Promise<void>}
 */
async function refuse(version, reason) {
  await mkdir(cacheFolder(), { recursive: true });
  await writeFile(refusalFile(version), reason);
}
