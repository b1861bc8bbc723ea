import type { CommentToken } from '../expressions/token.ts';
import { errorAt, type Place } from '../place.ts';

/** What is to be checked of a comment that is about no definition. */
export interface FreeComment {
  readonly symbol: undefined;
  readonly place: Place;
  /** Where a heading stands below other lines. */
  readonly lateHeading: Place | undefined;
}

/** @throws SchemaError */
export function parseFreeComment({ lines, place: start }: CommentToken): FreeComment {
  for (const { text, place } of lines) {
    const [description] = /^@[^:]*:/.exec(text) ?? [];
    if (description !== undefined) {
      throw errorAt(place, `"${description}" in a comment that does not begin with the "@NAME:" of a definition`);
    }
  }
  return { symbol: undefined, place: start, lateHeading: lines.slice(1).find(({ text }) => /^=+ /.test(text))?.place };
}
