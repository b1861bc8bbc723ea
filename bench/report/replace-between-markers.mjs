/** Stands before what a run of the benchmark writes. */
export const BEGIN = '<!-- bench: begin -->';

/** Stands behind it. */
export const END = '<!-- bench: end -->';

/**
 * A page with other text between its two markers; what stands around them stays.
 *
 * @param {string} page
 * @param {string} text
 * @throws Error when the page has not got both markers, in this order
 */
export function replaceBetweenMarkers(page, text) {
  const from = page.indexOf(BEGIN);
  const to = page.indexOf(END);
  if (from === -1 || to < from) throw new Error(`The page has no place for the tables: expected ${BEGIN} and ${END}`);
  return `${page.slice(0, from + BEGIN.length)}\n\n${text}\n\n${page.slice(to)}`;
}
