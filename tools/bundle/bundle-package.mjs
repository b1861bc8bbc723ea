// @ts-check
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { rolldown } from 'rolldown';
import { isNeededBy } from './is-needed-by.mjs';
import { entryPointsOf, isExternal, readManifest } from './manifest.mjs';

/** Below this, a shared file of its own costs more than to load it where not all of it is needed. */
const LEAST_SHARED_BYTES = 8192;

/**
 * Bundles the entry points of a package into its `dist`, and removes what an earlier build has left there. Classes that
 * several entry points share stay the same for all of them: they are in a file of their own.
 *
 * @param {string} folder of the package
 */
export async function bundlePackage(folder) {
  const manifest = readManifest(folder);
  const input = entryPointsOf(manifest);
  const main = join(folder, input['index'] ?? '');
  const bundle = await rolldown({
    cwd: folder,
    input,
    external: (specifier) => isExternal(manifest, specifier),
    platform: 'neutral',
    resolve: { conditionNames: ['source'] },
    transform: { target: 'es2022' },
    tsconfig: false,
    onLog(level, { message }) {
      if (level !== 'debug') throw new Error(`${folder}: ${message}`);
    },
  });
  const { output } = await bundle.write({
    dir: 'dist',
    format: 'esm',
    entryFileNames: '[name].js',
    // A shared file would be named after all that share it.
    chunkFileNames: ({ name }) => `chunks/${name.replace(/~.*/, '')}.js`,
    sourcemap: true,
    sourcemapExcludeSources: true,
    codeSplitting: {
      groups: [
        {
          // What most users need is never in one file with what only some do.
          name: (id, modules) => (isNeededBy(main, id, modules) ? 'shared' : 'shared-by-some'),
          debugName: 'shared',
          minShareCount: 2,
          entriesAware: true,
          entriesAwareMergeThreshold: LEAST_SHARED_BYTES,
        },
      ],
    },
  });
  await bundle.close();
  removeStale(folder, new Set(output.map(({ fileName }) => fileName)));
}

/**
 * @param {string} folder of the package
 * @param {ReadonlySet<string>} written in `dist`
 */
function removeStale(folder, written) {
  const dist = join(folder, 'dist');
  for (const entry of readdirSync(dist, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || entry.name.endsWith('.tsbuildinfo')) continue;
    const path = relative(dist, join(entry.parentPath, entry.name));
    const declares = /^(.*)\.d\.ts(?:\.map)?$/.exec(path)?.[1];
    const isCurrent = declares === undefined ? written.has(path) : existsSync(join(folder, 'src', `${declares}.ts`));
    if (!isCurrent) rmSync(join(dist, path));
  }
}
