import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PACKAGES = fileURLToPath(new URL('../../packages', import.meta.url));

/** What the compiler writes last in each package: as new as the newest source that it has seen. */
const BUILD_INFO = join('dist', 'src.tsbuildinfo');

/**
 * Makes sure that what is measured, the built packages, is what the sources say.
 *
 * @param {string} [packages] the folder that they are in
 * @throws Error when one of them is not built, or has changed since
 */
export function checkBuild(packages = PACKAGES) {
  for (const name of readdirSync(packages)) {
    const folder = join(packages, name);
    const buildInfo = join(folder, BUILD_INFO);
    if (!existsSync(buildInfo)) throw new Error(`packages/${name} is not built: run "npm run build" first`);
    const builtAt = statSync(buildInfo).mtimeMs;
    const changed = sourcesIn(join(folder, 'src')).find((file) => statSync(file).mtimeMs > builtAt);
    if (changed !== undefined) {
      const file = changed.slice(packages.length + 1);
      throw new Error(`packages/${file} has changed since it was built: run "npm run build" first`);
    }
  }
}

/** @param {string} folder */
function sourcesIn(folder) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/\.test[-.]/.test(file))
    .map((file) => join(folder, file));
}
