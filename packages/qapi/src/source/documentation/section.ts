import type { Place } from '../place.ts';

/** What stands under one heading of a documentation comment. */
export class Section {
  readonly place: Place;
  readonly #lines: string[];

  /** @param firstLine what stands beside the heading */
  constructor(place: Place, firstLine: string) {
    this.place = place;
    this.#lines = [firstLine];
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
