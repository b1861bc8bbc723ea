import { printable } from '../../terminal/printable.ts';
import type { Paint } from '../../terminal/paint.ts';
import type { Report, Result } from './result.ts';

const FORMATS = { pass: 'green', fail: 'red', 'not applicable': 'dim' } as const;

/** One line per rule, and below a failure or what does not apply its reason. */
export function formatResult({ rule, says, verdict }: Result, paint: Paint): string {
  const sign = verdict.kind === 'not applicable' ? 'n/a' : verdict.kind;
  const line = `${paint(FORMATS[verdict.kind], sign.padEnd(4))}  ${rule.padEnd(30)}  ${says}\n`;
  return verdict.kind === 'pass' ? line : `${line}      ${paint('dim', printable(verdict.why))}\n`;
}

/** How it went in all. */
export function formatSummary({ subject, results }: Report): string {
  const count = (kind: string): number => results.filter(({ verdict }) => verdict.kind === kind).length;
  const [passed, failed, other] = [count('pass'), count('fail'), count('not applicable')];
  return `\n${printable(subject)}: ${passed} passed, ${failed} failed, ${other} not applicable\n`;
}
