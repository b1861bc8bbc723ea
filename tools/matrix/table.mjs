// @ts-check

/** @typedef {import('./outcome.ts').Row} Row */

const HEADINGS = ['Runtime', 'Passed', 'Failed', 'Skipped', 'Seconds'];

/**
 * The table in Markdown, and below it what was skipped, with the reasons.
 * @param {readonly Row[]} rows
 * @returns {string}
 */
export function formatTable(rows) {
  const cells = rows.map(({ runtime, passed, failures, skips, seconds }) =>
    [runtime, passed, failures.length, sum(Object.values(skips)), seconds].map(String),
  );
  const widths = HEADINGS.map((heading, column) =>
    Math.max(...[HEADINGS, ...cells].map((line) => (line[column] ?? heading).length)),
  );
  const format = (/** @type {readonly string[]} */ line) =>
    `| ${line.map((cell, column) => pad(cell, widths[column] ?? 0, column)).join(' | ')} |`;
  const rule = widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  const table = [HEADINGS, rule, ...cells].map(format).join('\n');
  const reasons = rows.flatMap(({ runtime, skips }) =>
    Object.entries(skips).map(([reason, count]) => `- ${runtime}, ${count} skipped: ${reason}`),
  );
  return [table, reasons.join('\n')].filter((part) => part !== '').join('\n\n');
}

/**
 * The page with the text between its two markers replaced.
 * @param {string} page
 * @param {string} text
 * @returns {string}
 * @throws {Error} when the page has not got both markers
 */
export function placeTable(page, text) {
  const begin = '<!-- matrix: begin -->';
  const end = '<!-- matrix: end -->';
  const from = page.indexOf(begin);
  const to = page.indexOf(end);
  if (from === -1 || to < from) throw new Error(`The page lacks a place for the table: expected ${begin} and ${end}`);
  return `${page.slice(0, from + begin.length)}\n\n${text}\n\n${page.slice(to)}`;
}

/**
 * @param {string} cell
 * @param {number} width
 * @param {number} column
 */
function pad(cell, width, column) {
  return column === 0 ? cell.padEnd(width) : cell.padStart(width);
}

/** @param {readonly number[]} numbers */
function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}
