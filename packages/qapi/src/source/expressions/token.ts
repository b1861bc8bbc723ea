import type { Place } from '../place.ts';

/** A word of the schema language. */
export type Token =
  | { readonly kind: '{' | '}' | '[' | ']' | ':' | ',' | 'end'; readonly place: Place }
  | { readonly kind: 'string'; readonly value: string; readonly place: Place }
  | { readonly kind: 'boolean'; readonly value: boolean; readonly place: Place }
  | CommentToken;

/** A documentation comment, from one `##` to the next. */
export interface CommentToken {
  readonly kind: 'comment';
  readonly lines: readonly CommentLine[];
  readonly place: Place;
}

/** A line of it, without the `#` and the space before it and without space at its end. */
export interface CommentLine {
  readonly text: string;
  readonly place: Place;
}

/** How an error calls it. */
export function describeToken(token: Token): string {
  switch (token.kind) {
    case 'end':
      return 'the end of the file';
    case 'comment':
      return 'a documentation comment';
    case 'string':
      return `'${token.value}'`;
    case 'boolean':
      return String(token.value);
    default:
      return `"${token.kind}"`;
  }
}
