import type { Definition, Facts, QapiModel } from '@qmp/qapi';

import type { Extent } from './describe-object.ts';
import { factCells } from './fact-cells.ts';
import { type Row, Sheet, type SheetOptions } from './sheet.ts';

/** What is told of a schema, and how. */
export interface OverviewOptions extends SheetOptions, Extent {
  /** Where it is from, such as `QEMU 11.1`. */
  readonly origin: string;
}

/** All that a schema has, by name: its commands, its events, and its types if everything is to be told. */
export function describeSchema({ commands, events, types }: QapiModel, options: OverviewOptions): readonly string[] {
  const sheet = new Sheet(options);
  const counts = `${commands.size} commands, ${events.size} events, ${types.size} types`;
  sheet.line({ text: options.origin, format: 'bold' }, { text: `: ${counts}` });
  section(
    sheet,
    'commands',
    [...commands.values()].map(({ name, definition }) => rowOf(name, definition)),
  );
  section(
    sheet,
    'events',
    [...events.values()].map(({ name, definition }) => rowOf(name, definition)),
  );
  if (options.isComplete) {
    section(
      sheet,
      'types',
      [...types.values()].map((type) => rowOf(type.name ?? '', type, type.kind)),
    );
  }
  return sheet.lines;
}

function rowOf(name: string, facts: Facts, kind?: Definition['kind']): Row {
  const cells = [{ text: name, format: 'cyan' as const }];
  return { cells: kind === undefined ? cells : [...cells, { text: kind }], facts: factCells(facts) };
}

function section(sheet: Sheet, heading: string, rows: readonly Row[]): void {
  if (rows.length === 0) return;
  sheet.gap();
  sheet.line({ text: heading, format: 'bold' });
  sheet.table(
    [...rows].sort((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1)),
    '  ',
  );
}

function nameOf({ cells }: Row): string {
  return cells[0]?.text ?? '';
}
