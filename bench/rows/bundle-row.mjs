import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { itself } from './questions.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SIZE_LIMIT = fileURLToPath(new URL('../../node_modules/size-limit/bin.js', import.meta.url));

/**
 * The brotli size of a bundle, as `.size-limit.json` has it measured.
 *
 * @param {object} options
 * @param {string} options.name of the row
 * @param {string} options.bundle its name in `.size-limit.json`
 * @param {number} options.atMostKilobytes
 * @returns {import('./row.ts').Row}
 */
export function bundleRow({ name, bundle, atMostKilobytes }) {
  return {
    name,
    title: `${bundle}, bundled for the browser`,
    unit: 'kB',
    isConstant: true,
    contestants: ['qmp'],
    questions: [itself('kB of brotli', { atMost: atMostKilobytes })],
    measure: () => Promise.resolve({ value: sizeOf(bundle) / 1_000 }),
  };
}

/**
 * @param {string} bundle
 * @throws Error when it is not measured
 */
function sizeOf(bundle) {
  // Its exit status says whether the gate is content, which is not asked here.
  const { stdout, stderr } = spawnSync(process.execPath, [SIZE_LIMIT, '--json'], { cwd: ROOT, encoding: 'utf8' });
  if (!stdout.startsWith('[')) throw new Error(`size-limit failed: ${stderr || stdout}`);
  const bundles = /** @type {readonly { readonly name: string, readonly size: number }[]} */ (JSON.parse(stdout));
  const found = bundles.find((each) => each.name === bundle);
  if (found === undefined) throw new Error(`.size-limit.json does not measure "${bundle}"`);
  return found.size;
}
