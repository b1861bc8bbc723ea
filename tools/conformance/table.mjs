// @ts-check

/**
 * What `qmp conformance --json` prints.
 * @typedef {object} Report
 * @property {string} subject who was tested
 * @property {readonly { rule: string, says: string, basis: string, verdict: string, why?: string }[]} results in the order of the rules
 */

const SIGNS = /** @type {Readonly<Record<string, string>>} */ ({ pass: 'yes', fail: '**no**', 'not applicable': '-' });

/**
 * The rules with what came of each, in Markdown: one column for each that was tested.
 * @param {readonly Report[]} reports of the same rules
 * @returns {string}
 */
export function formatReports(reports) {
  const [first] = reports;
  if (first === undefined) throw new Error('There is nothing to make a table of');
  const heading = ['rule', 'by', ...reports.map(({ subject }) => subject)];
  const rows = first.results.map(({ rule, says, basis }, index) => {
    const verdicts = reports.map(({ results }) => SIGNS[results[index]?.verdict ?? ''] ?? '?');
    return [`\`${rule}\`: ${says}`, basis === 'specification' ? 'S' : 'P', ...verdicts];
  });
  const total = ['passed', '', ...reports.map(({ results }) => summary(results))];
  const rule = heading.map((_, column) => (column === 0 ? '---' : ':-:'));
  return [heading, rule, ...rows, total].map((cells) => `| ${cells.map(escape).join(' | ')} |`).join('\n');
}

/**
 * What failed, and why, in Markdown.
 * @param {readonly Report[]} reports
 * @returns {string}
 */
export function formatFailures(reports) {
  return reports
    .map(({ subject, results }) => {
      const failures = results.filter(({ verdict }) => verdict === 'fail');
      const lines = failures.map(({ rule, why = '' }) => `- \`${rule}\`: \`${brief(why)}\``);
      return lines.length === 0 ? '' : `${subject}:\n\n${lines.join('\n')}`;
    })
    .filter((part) => part !== '')
    .join('\n\n');
}

/**
 * The page with the text between the two markers of that name replaced.
 * @param {string} page
 * @param {string} name
 * @param {string} text
 * @returns {string}
 * @throws {Error} when the page has not got both markers
 */
export function placeText(page, name, text) {
  const [begin, end] = [`<!-- ${name}: begin -->`, `<!-- ${name}: end -->`];
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from === -1 || to < from) throw new Error(`The page lacks a place for the ${name}: expected ${begin} and ${end}`);
  return `${page.slice(0, from + begin.length)}\n\n${text}\n\n${page.slice(to)}`;
}

/** @param {Report['results']} results */
function summary(results) {
  const applying = results.filter(({ verdict }) => verdict !== 'not applicable');
  return `${applying.filter(({ verdict }) => verdict === 'pass').length} of ${applying.length}`;
}

/** @param {string} cell */
function escape(cell) {
  return cell.replaceAll('|', '\\|').replaceAll('__', '\\_\\_');
}

/** @param {string} why */
function brief(why) {
  const text = why.replaceAll('`', "'").replaceAll(/\s+/g, ' ');
  return text.length > 160 ? `${text.slice(0, 160)}…` : text;
}
