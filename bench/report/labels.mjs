/**
 * What the contestants are called in print, in the order of the tables.
 *
 * @type {Readonly<Record<import('../rows/row.ts').Contestant, string>>}
 */
export const labels = { qmp: 'ours', floor: 'floor', 'batched-floor': 'batched floor', C: 'C', Python: 'Python' };
