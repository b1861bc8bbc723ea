import { median } from '../measure/median.mjs';
import { formatNumber } from './format-number.mjs';
import { formatTable } from './format-table.mjs';
import { labels } from './labels.mjs';

/** @typedef {import('../rows/row.ts').Contestant} Contestant */
/** @typedef {import('../rows/row.ts').Result} Result */
/** @typedef {import('../rows/row.ts').Runtime} Runtime */
/** @typedef {import('../rows/row.ts').Samples} Samples */

const NOT_MEASURED = '–';

/**
 * All results as Markdown: how we stand to the others, and then what each reached in each runtime.
 *
 * @param {readonly Result[]} results
 * @param {readonly Runtime[]} runtimes
 */
export function formatTables(results, runtimes) {
  const figures = runtimes.map((runtime) => `### Medians in ${runtime.name}\n\n${figuresTable(results, runtime)}`);
  return [`### Ratios\n\n${verdictsTable(results, runtimes)}`, ...figures].join('\n\n');
}

/**
 * @param {readonly Result[]} results
 * @param {readonly Runtime[]} runtimes
 */
function verdictsTable(results, runtimes) {
  const lines = results.flatMap(({ row, samples }) =>
    row.questions.map((question, index) => {
      const verdicts = runtimes.map((runtime) => formatVerdict(question.answer(samplesOf(samples, runtime))));
      return [index === 0 ? row.title : '', question.text, question.bar, ...verdicts];
    }),
  );
  return formatTable(['What', 'Ours', 'Bar', ...runtimes.map(({ name }) => name)], lines);
}

/** @param {import('../rows/row.ts').Verdict | undefined} verdict */
function formatVerdict(verdict) {
  if (verdict === undefined) return NOT_MEASURED;
  const { text, isMet } = verdict;
  if (isMet === undefined) return text;
  return isMet ? `${text}, met` : `**${text}, missed**`;
}

/**
 * @param {readonly Result[]} results
 * @param {Runtime} runtime
 */
function figuresTable(results, runtime) {
  const contestants = /** @type {Contestant[]} */ (Object.keys(labels));
  const lines = results.map(({ row, samples }) => {
    const taken = samplesOf(samples, runtime);
    return [row.title, row.unit, ...contestants.map((contestant) => figureOf(taken, contestant))];
  });
  return formatTable(['What', 'Unit', ...Object.values(labels)], lines);
}

/**
 * @param {Samples} samples
 * @param {Contestant} contestant
 */
function figureOf(samples, contestant) {
  const taken = samples.get(contestant);
  return taken === undefined ? '' : formatNumber(median(taken.map(({ value }) => value)));
}

/**
 * @param {Result['samples']} samples
 * @param {Runtime} runtime
 * @returns {Samples}
 */
function samplesOf(samples, runtime) {
  return samples.get(runtime) ?? new Map();
}
