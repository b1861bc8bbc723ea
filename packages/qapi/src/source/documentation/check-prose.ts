import type { CommentToken } from '../expressions/token.ts';
import { errorAt } from '../place.ts';

const maximumLength = 70;
/** What begins an example or another literal block. */
const literalStart = /^(?:\.\. +qmp-example)? *::$/;
const url = /^ *(?:https?|ftp):\/\/\S*$/;
/** Within a line; the number of a list's item and an abbreviation end no sentence. */
const narrowGap = /[.!?] [A-Z0-9(]/;
const noEnd = /^ *\d\. |\be\.g\. /g;

/** Checks that a comment looks as QEMU wants it since 10.2. @throws SchemaError */
export function checkProse({ lines }: CommentToken): void {
  /** How far a literal block is indented; undefined outside of one, 0 where that is not known yet. */
  let literal: number | undefined;
  for (const { text, place } of lines) {
    const indent = text.search(/\S/);
    if (literalStart.test(text)) literal = 0;
    else if (literal === 0 && indent > 0) literal = indent;
    else if (literal !== undefined && indent !== -1 && indent < literal) literal = undefined;
    if (literal !== undefined) continue;
    const length = '# '.length + text.length;
    if (length > maximumLength && !url.test(text)) {
      throw errorAt(place, `a line of ${length} characters: expected ${maximumLength} at most`);
    }
    const [end] = narrowGap.exec(text.replace(noEnd, '')) ?? [];
    if (end !== undefined) throw errorAt(place, `"${end}" has one space: expected two between sentences`);
  }
}
