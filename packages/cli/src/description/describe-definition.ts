import type { CommandDefinition, NamedType, ObjectType, QapiCommand, QapiEvent, QapiType } from '@qmp/qapi';

import { describeObject, type Extent } from './describe-object.ts';
import { describeType } from './describe-type.ts';
import { factCells } from './fact-cells.ts';
import { narrowObject, whole } from './narrow-object.ts';
import { type Cell, commaSeparated, type Row, Sheet, type SheetOptions } from './sheet.ts';

/** What is told of something, and how. */
export interface DescriptionOptions extends SheetOptions, Extent {
  /** Where it is from, such as `QEMU 11.1`. */
  readonly origin: string;
  /** The branches that are meant, such as `driver=qcow2`. */
  readonly choices: readonly string[];
}

/**
 * A command, an event or a type as a person wants to read it: its members with their types, and what those are made of.
 *
 * @throws UsageError or Error for choices that it does not offer.
 */
export function describeDefinition(
  subject: QapiCommand | QapiEvent | NamedType,
  options: DescriptionOptions,
): readonly string[] {
  const page: Page = { sheet: new Sheet(options), options };
  switch (subject.kind) {
    case 'command':
      describeCommand(page, subject);
      break;
    case 'event':
      title(page, subject.name, [`event of ${options.origin}`], factCells(subject.definition));
      describeMembers(page, { request: subject.name, heading: 'data', type: subject.data });
      break;
    default:
      describeSubject(page, subject);
  }
  describeMentioned(page);
  return page.sheet.lines;
}

/** A description in the making. */
interface Page {
  readonly sheet: Sheet;
  readonly options: DescriptionOptions;
}

function title({ sheet }: Page, name: string, kinds: readonly string[], facts: readonly Cell[]): void {
  const remarks = kinds.map((text): Cell => ({ text }));
  sheet.line({ text: name, format: 'bold' }, { text: ': ' }, ...commaSeparated([...remarks, ...facts]));
}

function describeCommand(page: Page, { name, definition, arguments: type, returns }: QapiCommand): void {
  const { sheet, options } = page;
  title(page, name, [`command of ${options.origin}`, ...remarksOn(definition)], factCells(definition));
  describeMembers(page, { request: name, heading: 'arguments', type });
  if (definition.open === true) sheet.line({ text: '  and others that the schema does not list' });
  sheet.gap();
  const heading = { text: 'returns', format: 'bold' } as const;
  if (returns === undefined) {
    sheet.line(heading, { text: ' nothing' });
    return;
  }
  sheet.line(heading, { text: ` ${sheet.mention(returns)}` });
  const value = elementOf(returns);
  if (value.kind !== 'object' || sheet.told.has(value)) return;
  sheet.told.add(value);
  describeObject(sheet, whole(value), options);
}

function remarksOn({ allowOob, allowPreconfig, silent }: CommandDefinition): string[] {
  return [
    ...(allowOob === true ? ['may go out of band'] : []),
    ...(allowPreconfig === true ? ['allowed in preconfig'] : []),
    ...(silent === true ? ['may not reply'] : []),
  ];
}

interface Members {
  readonly request: string;
  readonly heading: 'arguments' | 'data';
  readonly type: ObjectType | undefined;
}

function describeMembers({ sheet, options }: Page, { request, heading, type }: Members): void {
  const narrowed = narrowObject(type, request, options.choices);
  sheet.gap();
  if (type === undefined) {
    sheet.line({ text: `no ${heading}`, format: 'bold' });
    return;
  }
  sheet.told.add(type);
  sheet.line({ text: heading, format: 'bold' }, { text: type.name === undefined ? '' : ` ${type.name}` });
  describeObject(sheet, narrowed, options);
}

function describeSubject(page: Page, type: NamedType): void {
  const { sheet, options } = page;
  const name = type.name ?? 'object';
  sheet.told.add(type);
  title(page, name, [`${type.kind} of ${options.origin}`], factCells(type));
  const narrowed = narrowObject(type.kind === 'object' ? type : undefined, name, options.choices);
  if (type.kind === 'object') describeObject(sheet, narrowed, options);
  else sheet.table(type.kind === 'enum' ? valueRows(type) : alternativeRows(page, type), '  ');
}

function valueRows({ values }: Extract<NamedType, { kind: 'enum' }>): Row[] {
  return [...values.values()].map((value) => ({ cells: [{ text: value.name }], facts: factCells(value) }));
}

function alternativeRows({ sheet }: Page, { alternatives }: Extract<NamedType, { kind: 'alternate' }>): Row[] {
  return alternatives.map(({ type, name: _name, ...facts }) => ({
    cells: [{ text: sheet.mention(type) }],
    facts: factCells(facts),
  }));
}

/** The types that were mentioned; those that these mention are named only, unless all is to be told. */
function describeMentioned({ sheet, options }: Page): void {
  const isNew = (type: NamedType): boolean => !sheet.told.has(type);
  const types = options.isComplete ? sheet.mentioned : [...sheet.mentioned];
  let isBelowWords = false;
  for (const type of types) {
    if (!isNew(type)) continue;
    sheet.told.add(type);
    if (!isBelowWords || type.kind === 'object') sheet.gap();
    isBelowWords = type.kind !== 'object';
    describeType(sheet, type, options);
  }
  const rest = [...sheet.mentioned].filter(isNew).map(({ name = 'object' }) => name);
  if (rest.length === 0) return;
  sheet.gap();
  sheet.list(rest, { lead: [{ text: 'more types, which --all shows:', format: 'dim' }], separator: ',', indent: '  ' });
}

function elementOf(type: QapiType): QapiType {
  return type.kind === 'array' ? elementOf(type.element) : type;
}
