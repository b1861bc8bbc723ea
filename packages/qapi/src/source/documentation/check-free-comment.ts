import type { CommentToken } from '../expressions/token.ts';
import { errorAt } from '../place.ts';
import type { Rules } from '../rules.ts';

/** Checks a comment that is about no definition. @throws SchemaError */
export function checkFreeComment({ lines }: CommentToken, { headings }: Rules): void {
  for (const [index, { text, place }] of lines.entries()) {
    const [description] = /^@[^:]*:/.exec(text) ?? [];
    if (description !== undefined) {
      throw errorAt(place, `"${description}" in a comment that does not begin with the "@NAME:" of a definition`);
    }
    if (/^=+ /.test(text) && index > 0 && headings === 'first') {
      throw errorAt(place, 'a heading below other lines: expected it first in its comment');
    }
  }
}
