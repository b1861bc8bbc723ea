import { errorAt, type Place } from '../place.ts';
import type { CommentLine, Token } from './token.ts';

const punctuation = /[{}[\]:,]/;
const space = /[^\S\n]+/y;
const comment = /#[^\n]*/y;
const word = /[^[\]{}:,\s'#]+/y;
/** What a string may consist of before its end, an escape or something that it must not hold. */
const plainText = /[ -&(-[\]-~]*/y;

/** Cuts the text of a file into tokens, in one pass. */
export class Lexer {
  readonly #text: string;
  readonly #file: string;
  #position = 0;
  #line = 1;

  constructor(text: string, file: string) {
    this.#text = text.replace(/\r\n?/g, '\n');
    this.#file = file;
  }

  /** The next token; at the end of the file that is `end`, again and again. @throws SchemaError */
  next(): Token {
    for (;;) {
      this.#match(space);
      const place = this.#place();
      const character = this.#text[this.#position];
      if (character === undefined) return { kind: 'end', place };
      if (character === '\n') this.#advanceLine();
      else if (character === '#') {
        if (this.#text[this.#position + 1] === '#') return this.#comment(place);
        this.#match(comment);
      } else if (punctuation.test(character)) {
        this.#position += 1;
        return { kind: character as '{' | '}' | '[' | ']' | ':' | ',', place };
      } else return character === "'" ? this.#string(place) : this.#boolean(place);
    }
  }

  #place(): Place {
    return { file: this.#file, line: this.#line };
  }

  #advanceLine(): void {
    this.#position += 1;
    this.#line += 1;
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#position;
    const [found = ''] = pattern.exec(this.#text) ?? [];
    this.#position += found.length;
    return found;
  }

  #boolean(place: Place): Token {
    const found = this.#match(word);
    if (found === 'true' || found === 'false') return { kind: 'boolean', value: found === 'true', place };
    const hint = found.startsWith('"') ? ': strings stand in single quotes' : '';
    throw errorAt(place, `${JSON.stringify(shortened(found))} is not of the schema language${hint}`);
  }

  #string(place: Place): Token {
    this.#position += 1;
    let value = '';
    for (;;) {
      value += this.#match(plainText);
      const character = this.#text[this.#position];
      if (character === "'") {
        this.#position += 1;
        return { kind: 'string', value, place };
      }
      if (character === undefined || character === '\n') {
        throw errorAt(place, `the string '${shortened(value)} has no end: expected ' on the same line`);
      }
      if (character !== '\\') {
        const code = (this.#text.codePointAt(this.#position) ?? 0).toString(16).toUpperCase().padStart(4, '0');
        throw errorAt(place, `the character U+${code} in a string: expected printable ASCII characters only`);
      }
      if (this.#text[this.#position + 1] !== '\\') {
        const escape = this.#text.slice(this.#position, this.#position + 2).trimEnd();
        throw errorAt(place, `${escape} in a string: the only escape is \\\\`);
      }
      value += '\\';
      this.#position += 2;
    }
  }

  #comment(place: Place): Token {
    if (this.#match(comment) !== '##') throw errorAt(place, 'a documentation comment starts with ## alone on its line');
    const lines: CommentLine[] = [];
    for (;;) {
      this.#match(space);
      const character = this.#text[this.#position];
      if (character === '\n') {
        this.#advanceLine();
        continue;
      }
      if (character !== '#') throw errorAt(place, 'a documentation comment must end with ##, this one does not');
      const line = { text: this.#match(comment), place: this.#place() };
      if (line.text === '##') return { kind: 'comment', lines, place };
      lines.push({ ...line, text: commentText(line) });
    }
  }
}

/** @throws SchemaError for a line that does not begin as it should. */
function commentText({ text, place }: CommentLine): string {
  if (text.startsWith('##')) throw errorAt(place, 'a documentation comment ends with ## alone on its line');
  if (text !== '#' && text[1] !== ' ') throw errorAt(place, 'expected a space after #');
  return text.slice(2).trimEnd();
}

function shortened(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
