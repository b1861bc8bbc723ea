import type { NamedType, QapiType } from '@qmp/qapi';

import type { Format, Paint } from '../terminal/paint.ts';
import { printable } from '../terminal/printable.ts';
import { wrapWords } from '../terminal/wrap.ts';

const GAP = '  ';
/** What is longer does not push the columns of the other rows. */
const WIDEST_CELL = 34;

/** How a sheet looks. */
export interface SheetOptions {
  readonly paint: Paint;
  /** Of a line, in characters. */
  readonly width: number;
}

/** A text that may be coloured. */
export interface Cell {
  readonly text: string;
  readonly format?: Format;
}

/** A line of a table. */
export interface Row {
  /** As many as all other rows of the table have. */
  readonly cells: readonly Cell[];
  readonly facts: readonly Cell[];
}

/** How a list is written. */
export interface ListOptions {
  /** What its first line begins with. */
  readonly lead?: readonly Cell[];
  readonly separator: string;
  /** Of all other lines. */
  readonly indent: string;
}

/** Lines about a schema, in the making; it notes which types they mention. */
export class Sheet {
  readonly lines: string[] = [];
  /** In the order of their first mention. */
  readonly mentioned: Set<NamedType> = new Set();
  /** Those that need no more words. */
  readonly told: Set<QapiType> = new Set();
  readonly #paint: Paint;
  readonly #width: number;

  constructor({ paint, width }: SheetOptions) {
    this.#paint = paint;
    this.#width = width;
  }

  /** Parts what is above from what is below. */
  gap(): void {
    this.lines.push('');
  }

  /** The cells one behind the other. */
  line(...cells: readonly Cell[]): void {
    this.lines.push(
      cells
        .map(({ text, format }) => (format === undefined ? printable(text) : this.#paint(format, printable(text))))
        .join(''),
    );
  }

  /** A line each: cells that stand below each other, and facts behind them. */
  table(rows: readonly Row[], indent: string): void {
    const widths = (rows[0]?.cells ?? []).map((_, column) => {
      const lengths = rows.map(({ cells }) => cells[column]?.text.length ?? 0);
      return Math.max(0, ...lengths.filter((length) => length <= WIDEST_CELL));
    });
    for (const { cells, facts } of rows) {
      const columns = facts.length === 0 ? cells : [...cells, { text: '' }];
      const spaced = columns.flatMap((cell, column) => {
        const padding = ' '.repeat(Math.max(0, (widths[column] ?? 0) - cell.text.length));
        return column === columns.length - 1 ? [cell] : [cell, { text: padding + GAP }];
      });
      this.line({ text: indent }, ...spaced, ...commaSeparated(facts));
    }
  }

  /** Words in as many lines as it takes; a separator ends each of them but the last. */
  list(words: readonly string[], { lead = [], separator, indent }: ListOptions): void {
    const parts = words.map((word, index) => (index === words.length - 1 ? word : `${word}${separator}`));
    const start = lead.map(({ text }) => text).join('');
    const [first = '', ...others] = wrapWords([start, ...parts], this.#width - indent.length);
    this.line(...lead, { text: first.slice(start.length) });
    for (const text of others) this.line({ text: indent + text });
  }

  /** The text of a type; if it has a name, it counts as mentioned. */
  mention(type: QapiType): string {
    switch (type.kind) {
      case 'builtin':
        return type.name;
      case 'array':
        return `[${this.mention(type.element)}]`;
      default:
        if (type.name === undefined) return 'object';
        this.mentioned.add(type);
        return type.name;
    }
  }
}

/** With commas in between. */
export function commaSeparated(cells: readonly Cell[]): Cell[] {
  return cells.flatMap((cell, index) => (index === 0 ? [cell] : [{ text: ', ' }, cell]));
}
