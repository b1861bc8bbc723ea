import { median } from '../measure/median.mjs';
import { formatNumber } from './format-number.mjs';
import { labels } from './labels.mjs';

/**
 * A row as text: what each contestant reached, and what that says.
 *
 * @param {import('../rows/row.ts').Result} result
 */
export function formatRow({ row, samples }) {
  const lines = [`${row.name}: ${row.title} (${row.unit})`];
  for (const [runtime, taken] of samples) {
    const figures = row.contestants.flatMap((contestant) => {
      const values = taken.get(contestant)?.map(({ value }) => value);
      return values === undefined ? [] : [`${labels[contestant]} ${formatNumber(median(values))}`];
    });
    lines.push(`  ${runtime.name}: ${figures.length === 0 ? 'not measured' : figures.join(', ')}`);
    for (const question of row.questions) {
      const verdict = question.answer(taken);
      if (verdict === undefined) continue;
      const mark = verdict.isMet === undefined ? '' : ` [${question.bar}: ${verdict.isMet ? 'met' : 'MISSED'}]`;
      lines.push(`    ${verdict.text} ${question.text}${mark}`);
    }
  }
  return `${lines.join('\n')}\n`;
}
