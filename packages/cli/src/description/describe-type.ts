import type { AlternateType, EnumType, EnumValueDefinition, NamedType } from '@qmp/qapi';

import { describeObject, type Extent } from './describe-object.ts';
import { factCells } from './fact-cells.ts';
import { whole } from './narrow-object.ts';
import { commaSeparated, type Sheet } from './sheet.ts';

/** Enums that have more values than this are cut short. */
const MOST_VALUES = 24;
const INDENT = '    ';

/** A type in short, as it stands below what uses it. */
export function describeType(sheet: Sheet, type: NamedType, extent: Extent): void {
  const name = { text: type.name ?? 'object', format: 'bold' } as const;
  if (type.kind === 'object') {
    const facts = commaSeparated(factCells(type));
    sheet.line(name, ...(facts.length === 0 ? [] : [{ text: '  ' }, ...facts]));
    describeObject(sheet, whole(type), extent);
    return;
  }
  const words = type.kind === 'enum' ? valueWords(type, extent) : alternativeWords(sheet, type);
  sheet.list(words, { lead: [name, { text: ' =' }], separator: ' |', indent: INDENT });
}

function valueWords({ values }: EnumType, { isComplete }: Extent): string[] {
  const words = [...values.values()].map(valueWord);
  if (isComplete || words.length <= MOST_VALUES) return words;
  return [...words.slice(0, MOST_VALUES), `${words.length - MOST_VALUES} more`];
}

/** With what speaks against it, and not with when it came. */
function valueWord({ name, since: _since, ...facts }: EnumValueDefinition): string {
  const cells = factCells(facts);
  return cells.length === 0 ? name : `${name} (${cells.map(({ text }) => text).join(', ')})`;
}

function alternativeWords(sheet: Sheet, { alternatives }: AlternateType): string[] {
  return alternatives.map(({ type }) => sheet.mention(type));
}
