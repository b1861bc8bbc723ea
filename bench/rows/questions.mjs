import { median } from '../measure/median.mjs';
import { formatNumber } from '../report/format-number.mjs';
import { labels } from '../report/labels.mjs';

/**
 * A bar: a limit that an answer keeps to, or nothing where the answer is only told.
 * @typedef {{ readonly atLeast: number } | { readonly atMost: number } | Record<never, never>} Bar
 */

/**
 * Ours divided by another's, turn by turn.
 *
 * @param {import('./row.ts').Contestant} other
 * @param {Bar} [bar]
 * @returns {import('./row.ts').Question}
 */
export function timesThatOf(other, bar = {}) {
  return {
    text: `× ${labels[other]}`,
    bar: describeBar(bar),
    answer(samples) {
      const rounds = pairs(samples, other);
      if (rounds === undefined) return undefined;
      const ratio = median(rounds.map(([ours, theirs]) => ours.value / theirs.value));
      const asides = rounds.flatMap(([ours, theirs]) =>
        ours.aside === undefined || theirs.aside === undefined ? [] : [ours.aside / theirs.aside],
      );
      const suffix = asides.length === 0 ? '' : ` (${formatRatio(median(asides))})`;
      return { text: `${formatRatio(ratio)}${suffix}`, isMet: isMet(ratio, bar) };
    },
  };
}

/**
 * Ours less another's, turn by turn.
 *
 * @param {import('./row.ts').Contestant} other
 * @param {string} unit
 * @param {Bar} bar
 * @returns {import('./row.ts').Question}
 */
export function moreThan(other, unit, bar) {
  return {
    text: `${unit} more than the ${labels[other]}`,
    bar: describeBar(bar),
    answer(samples) {
      const rounds = pairs(samples, other);
      if (rounds === undefined) return undefined;
      const difference = median(rounds.map(([ours, theirs]) => ours.value - theirs.value));
      return { text: formatNumber(difference), isMet: isMet(difference, bar) };
    },
  };
}

/**
 * Ours by itself.
 *
 * @param {string} unit
 * @param {Bar} bar
 * @returns {import('./row.ts').Question}
 */
export function itself(unit, bar) {
  return {
    text: unit,
    bar: describeBar(bar),
    answer(samples) {
      const values = samples.get('qmp')?.map(({ value }) => value);
      if (values === undefined) return undefined;
      return { text: formatNumber(median(values)), isMet: isMet(median(values), bar) };
    },
  };
}

/**
 * @param {import('./row.ts').Samples} samples
 * @param {import('./row.ts').Contestant} other
 */
function pairs(samples, other) {
  const theirs = samples.get(other);
  const ours = samples.get('qmp');
  if (ours === undefined || theirs === undefined) return undefined;
  return ours.flatMap((sample, round) => {
    const theirSample = theirs[round];
    return theirSample === undefined ? [] : [/** @type {const} */ ([sample, theirSample])];
  });
}

/** @param {number} ratio */
function formatRatio(ratio) {
  return ratio >= 10 ? ratio.toFixed(0) : ratio.toFixed(2);
}

/** @param {Bar} bar */
function describeBar(bar) {
  if ('atLeast' in bar) return `≥ ${bar.atLeast}`;
  return 'atMost' in bar ? `≤ ${bar.atMost.toLocaleString('en')}` : '';
}

/**
 * @param {number} value
 * @param {Bar} bar
 */
function isMet(value, bar) {
  if ('atLeast' in bar) return value >= bar.atLeast;
  return 'atMost' in bar ? value <= bar.atMost : undefined;
}
