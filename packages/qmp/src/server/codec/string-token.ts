import { decodeForPeople, decodeUtf8, isCharacter } from './utf8.ts';

const BACKSLASH = 0x5c;
const LETTER_U = 0x75;
/** `\u` and four digits. */
const UNIT_LENGTH = 6;
const HEX = /^[0-9a-f]{4}$/i;

/** What stands behind a backslash, and what it stands for. */
const ESCAPES: ReadonlyMap<number | undefined, string> = new Map(
  Object.entries({ '"': '"', "'": "'", '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }).map(
    ([letter, character]) => [letter.charCodeAt(0), character],
  ),
);

/** What a string says, or why it says nothing, in QEMU's words. */
export type StringContent = { readonly text: string } | { readonly fault: string };

/** Reads the bytes of a string, its quotes included. */
export function readString(token: Uint8Array): StringContent {
  const content = token.subarray(0, -1);
  let text = '';
  for (let offset = 1; offset < content.byteLength;) {
    const escape = content.indexOf(BACKSLASH, offset);
    const plain = decodeUtf8(content.subarray(offset, escape === -1 ? undefined : escape));
    if (plain === undefined) return { fault: 'invalid UTF-8 sequence in string' };
    text += plain;
    if (escape === -1) break;
    if (token[escape + 1] === LETTER_U) {
      const { codePoint, end } = unicodeEscapeAt(token, escape);
      if (codePoint === undefined || !isCharacter(codePoint)) {
        return { fault: `${decodeForPeople(token.subarray(escape, end))} is not a valid Unicode character` };
      }
      text += String.fromCodePoint(codePoint);
      offset = end;
    } else {
      const character = ESCAPES.get(token[escape + 1]);
      if (character === undefined) return { fault: 'invalid escape sequence in string' };
      text += character;
      offset = escape + 2;
    }
  }
  return { text };
}

/** One escape, or two that are halves of a character. */
function unicodeEscapeAt(
  token: Uint8Array,
  start: number,
): { readonly codePoint: number | undefined; readonly end: number } {
  const end = start + UNIT_LENGTH;
  const unit = unitAt(token, start);
  const isHalf = unit !== undefined && unit >= 0xd800 && unit < 0xdc00;
  if (!isHalf || token[end] !== BACKSLASH || token[end + 1] !== LETTER_U) return { codePoint: unit, end };
  const other = unitAt(token, end);
  if (other === undefined || other < 0xdc00 || other > 0xdfff) return { codePoint: undefined, end };
  return { codePoint: 0x10000 + (unit - 0xd800) * 0x400 + (other - 0xdc00), end: end + UNIT_LENGTH };
}

function unitAt(token: Uint8Array, start: number): number | undefined {
  const digits = String.fromCharCode(...token.subarray(start + 2, start + UNIT_LENGTH));
  return HEX.test(digits) ? Number.parseInt(digits, 16) : undefined;
}
