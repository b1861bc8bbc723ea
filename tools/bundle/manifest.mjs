// @ts-check
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/**
 * What the bundler takes from a `package.json`.
 *
 * @typedef {object} Manifest
 * @property {unknown} [exports] what others may import, by path and condition
 * @property {Readonly<Record<string, unknown>>} [imports] what the package itself chooses by condition
 * @property {Readonly<Record<string, string>>} [devDependencies] what it takes in
 */

/**
 * @param {string} folder of a package
 * @returns {Manifest}
 */
export function readManifest(folder) {
  return /** @type {Manifest} */ (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')));
}

/**
 * The files that others may load, by name: each that `exports` or `imports` offers both as `source` and as `default`.
 *
 * @param {Manifest} manifest
 * @returns {Record<string, string>} the source of each, such as `{ 'codecs/index': './src/codecs/index.ts' }`
 */
export function entryPointsOf({ exports, imports }) {
  return Object.fromEntries([...pairsIn(exports), ...pairsIn(imports)]);
}

/**
 * @param {unknown} conditions
 * @yields {[name: string, source: string]}
 * @returns {Generator<[name: string, source: string]>}
 */
function* pairsIn(conditions) {
  if (typeof conditions !== 'object' || conditions === null) return;
  const { source, default: bundle } = /** @type {Record<string, unknown>} */ (conditions);
  if (typeof source === 'string' && typeof bundle === 'string') {
    yield [relative('dist', bundle).replace(/\.js$/, ''), source];
  }
  for (const inner of Object.values(conditions)) yield* pairsIn(inner);
}

/**
 * Whether an import stays one. A package takes in its own files and what only its development depends on; what it
 * chooses by condition, and what is installed beside it, is found at run time.
 *
 * @param {Manifest} manifest
 * @param {string} specifier as it stands in the import
 */
export function isExternal({ imports = {}, devDependencies = {} }, specifier) {
  if (/^[./]/.test(specifier)) return false;
  if (specifier.startsWith('#')) return specifier in imports;
  const [, name = specifier] = /^((?:@[^/]+\/)?[^/]+)/.exec(specifier) ?? [];
  return !(name in devDependencies);
}
