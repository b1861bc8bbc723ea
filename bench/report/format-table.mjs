/**
 * A table in Markdown, its columns as wide as what stands in them.
 *
 * @param {readonly string[]} headings
 * @param {readonly (readonly string[])[]} lines
 */
export function formatTable(headings, lines) {
  const widths = headings.map((_, column) =>
    Math.max(...[headings, ...lines].map((cells) => cells[column]?.length ?? 0)),
  );
  const format = (/** @type {readonly string[]} */ cells) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const rule = widths.map((width) => '-'.repeat(width));
  return [headings, rule, ...lines].map(format).join('\n');
}
