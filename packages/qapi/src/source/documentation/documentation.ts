import type { Place } from '../place.ts';

/** What a documentation comment says of the definition below it. */
export interface Documentation {
  /** What it is about. */
  readonly symbol: string;
  readonly place: Place;
  /** All that stands under no heading. */
  readonly text: Section;
  /** Of members, of values, of alternatives: by name. */
  readonly members: ReadonlyMap<string, Section>;
  readonly features: ReadonlyMap<string, Section>;
  /** `Returns:`, `Errors:`, `Since:` and others that stand once at most. */
  readonly sections: ReadonlyMap<string, Section>;
  /** It has sections that QEMU did away with in 9.1. */
  readonly isHistoric: boolean;
}

/** What stands under one heading. */
export class Section {
  readonly place: Place;
  readonly #lines: string[] = [];

  constructor(place: Place, firstLine = '') {
    this.place = place;
    this.append(firstLine);
  }

  append(line: string): void {
    this.#lines.push(line);
  }

  get isEmpty(): boolean {
    return this.#lines.every((line) => line === '');
  }

  /** Without the indentation that sets it off from its heading. */
  get text(): string {
    const [first = '', ...rest] = this.#lines;
    const indents = rest.filter((line) => line !== '').map((line) => line.search(/\S/));
    const indent = indents.reduce((least, next) => Math.min(least, next), Infinity);
    return [first, ...rest.map((line) => line.slice(indent))].join('\n').trim();
  }
}
