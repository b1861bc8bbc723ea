import { describeCondition, type SchemaDifference } from '@qmp/qapi';

import type { Format } from '../terminal/paint.ts';
import { type Cell, commaSeparated, Sheet, type SheetOptions } from './sheet.ts';

/** Which schemas are compared, and how that is told. */
export interface DifferencesOptions extends SheetOptions {
  /** Where each is from, such as `QEMU 7.2`. */
  readonly before: string;
  readonly after: string;
}

type Sign = '+' | '-' | '~';

const FORMATS: { readonly [S in Sign]: Format } = { '+': 'green', '-': 'red', '~': 'yellow' };

/** The differences between two schemas, a line each: what came, what went, what is different, and what breaks clients. */
export function describeDifferences(
  differences: readonly SchemaDifference[],
  { before, after, ...look }: DifferencesOptions,
): readonly string[] {
  const sheet = new Sheet(look);
  const breaking = differences.filter(({ isCompatible }) => !isCompatible).length;
  sheet.line({ text: `${before} -> ${after}`, format: 'bold' }, { text: `: ${countOf(differences.length, breaking)}` });
  if (differences.length > 0) sheet.gap();
  for (const difference of differences) {
    const sign = signOf(difference);
    sheet.line(
      difference.isCompatible ? { text: ' ' } : { text: '!', format: ['bold', 'red'] },
      { text: ` ${sign} ${difference.path}`, format: FORMATS[sign] },
      { text: `  ${wordsFor(difference)}` },
      ...factsOf(difference),
    );
  }
  return sheet.lines;
}

function countOf(differences: number, breaking: number): string {
  if (differences === 0) return 'no differences';
  const count = differences === 1 ? '1 difference' : `${differences} differences`;
  return breaking === 0 ? `${count}; clients go on working` : `${count}, ${breaking} of them (!) may break clients`;
}

function signOf({ kind }: SchemaDifference): Sign {
  if (kind.endsWith(' added')) return '+';
  return kind.endsWith(' removed') ? '-' : '~';
}

/** What the path does not tell. */
function wordsFor({ kind, before, after }: SchemaDifference): string {
  if (kind === 'type changed') return `${before} -> ${after}`;
  const [, part] = /^(\w+) (?:added|removed)$/.exec(kind) ?? [];
  if (part === undefined) return kind;
  const what = after ?? before;
  if (part === 'member' && what !== undefined) return what;
  return part === 'value' || what === undefined ? part : `${part} ${what}`;
}

function factsOf({ path, condition, users }: SchemaDifference): Cell[] {
  const [other, ...others] = users.filter((user) => user !== rootOf(path));
  const texts = [
    ...(condition === undefined ? [] : [`if ${describeCondition(condition)}`]),
    ...(other === undefined ? [] : [`also in ${others.length === 0 ? other : `${others.length + 1} others`}`]),
  ];
  if (texts.length === 0) return [];
  return [{ text: '  ' }, ...commaSeparated(texts.map((text) => ({ text, format: 'dim' as const })))];
}

/** The command or event that a path begins with. */
function rootOf(path: string): string {
  return path.replace(/[.(=].*$/s, '');
}
