import { parseArgs } from 'node:util';
import { rows as allRows } from '../rows/rows.mjs';

/** The fewest rounds whose medians are written down. */
const WRITTEN_ROUNDS = 5;

const names = allRows.map(({ name }) => name);

/** What `--help` says. */
export const help = `Usage: npm run bench -- [ROW ...] [--rounds N] [--quick] [--node PATH ...]

Measures our client side by side with the smallest one that JavaScript allows,
one in C, and QEMU's Python client where python3 can import qemu.qmp.

ROW       ${names.join(', ')} (all if left out)
--rounds  how often each contestant runs (default ${WRITTEN_ROUNDS}); the figures are medians
--quick   one round, in this Node only
--node    the Node to measure in; may be given again (default: this one, and the
          Node 24 of tools/runtimes where it is installed)

When all rows are measured in ${WRITTEN_ROUNDS} rounds or more, the tables in docs/performance.md
are written anew.

Exit status: 0 measured, whatever the figures say; 1 it failed; 2 wrong usage.
`;

/**
 * What is asked for.
 * @typedef {object} Request
 * @property {boolean} help whether to say how it is used, and nothing else
 * @property {readonly import('../rows/row.ts').Row[]} rows what to measure
 * @property {number} rounds how often each contestant has its turns
 * @property {readonly string[]} nodes executables; empty for those that are found
 * @property {boolean} isWrittenDown whether the figures are good for the documentation: all rows, enough rounds
 */

/**
 * @param {readonly string[]} args
 * @returns {Request}
 * @throws {RangeError | TypeError} when they are wrong, saying what was expected
 */
export function parseCommandLine(args) {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      rounds: { type: 'string' },
      quick: { type: 'boolean', default: false },
      node: { type: 'string', multiple: true, default: [] },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const unknown = positionals.find((name) => !names.includes(name));
  if (unknown !== undefined) throw new RangeError(`unknown row "${unknown}", expected ${names.join(', ')}`);
  if (values.quick && values.rounds !== undefined)
    throw new RangeError('--quick is one round, so --rounds goes without');
  const rounds = values.quick ? 1 : roundsOf(values.rounds ?? String(WRITTEN_ROUNDS));
  return {
    help: values.help,
    rows: positionals.length === 0 ? allRows : allRows.filter(({ name }) => positionals.includes(name)),
    rounds,
    nodes: values.quick && values.node.length === 0 ? [process.execPath] : values.node,
    isWrittenDown: positionals.length === 0 && rounds >= WRITTEN_ROUNDS,
  };
}

/** @param {string} text */
function roundsOf(text) {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new RangeError(`--rounds is "${text}", expected a number from 1 to 9999`);
  return Number(text);
}
