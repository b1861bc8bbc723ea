// @ts-check
import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from './cache.mjs';

const prefix = '.building-';
const abandonedAfterMs = 60 * 60 * 1000;

/**
 * Lets `build` prepare a version in a folder of its own and then puts it into the cache with one
 * rename. Whoever comes first wins, and no process waits for or disturbs another.
 * @param {string} version
 * @param {(folder: string) => Promise<{ home: string, keep: () => boolean }>} build gives the folder
 *   that becomes the version's, and whether one that stands there by then is to be kept
 * @returns {Promise<void>}
 */
export async function withBuildFolder(version, build) {
  const cache = cacheFolder();
  const folder = await makeFolder(cache, version);
  try {
    const { home, keep } = await build(folder);
    await publish(home, { target: join(cache, version), trash: join(folder, 'replaced'), keep });
  } finally {
    // A program that was just killed may still be writing here.
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

/**
 * @param {string} cache
 * @param {string} version
 * @returns {Promise<string>}
 */
async function makeFolder(cache, version) {
  try {
    await mkdir(cache, { recursive: true });
    await removeAbandoned(cache);
    return await mkdtemp(join(cache, `${prefix}${version}-`));
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    throw new Error(
      `cannot write to the cache folder ${cache} (${code}); QMP_QEMU_CACHE in the environment names another one`,
      { cause: error },
    );
  }
}

/**
 * Removes what killed runs have left. By age, because a process id says nothing across containers.
 * @param {string} cache
 * @returns {Promise<void>}
 */
async function removeAbandoned(cache) {
  for (const name of await readdir(cache)) {
    if (!name.startsWith(prefix)) continue;
    const folder = join(cache, name);
    const { mtimeMs } = await stat(folder);
    if (Date.now() - mtimeMs > abandonedAfterMs) await rm(folder, { recursive: true, force: true });
  }
}

/**
 * @param {string} home
 * @param {{ target: string, trash: string, keep: () => boolean }} options
 * @returns {Promise<void>}
 */
async function publish(home, { target, trash, keep }) {
  if (await renamed(home, target)) return;
  if (keep()) return;
  await renamed(target, trash);
  await renamed(home, target);
}

/**
 * @param {string} from
 * @param {string} to
 * @returns {Promise<boolean>} false when `to` is taken or `from` is gone: another process was faster
 */
async function renamed(from, to) {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    if (code === 'ENOTEMPTY' || code === 'EEXIST' || code === 'ENOENT') return false;
    throw error;
  }
}
