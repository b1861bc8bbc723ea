/** What the lexer is in the middle of. */
export const START = 0;
/** After an error: all is dropped until something that may well begin anew. */
export const RECOVERY = 1;
const DOUBLE_QUOTED = 2;
const DOUBLE_QUOTED_ESCAPE = 3;
const SINGLE_QUOTED = 4;
const SINGLE_QUOTED_ESCAPE = 5;
const SIGN = 6;
const ZERO = 7;
const DIGITS = 8;
const POINT = 9;
const FRACTION = 10;
const EXPONENT = 11;
const EXPONENT_SIGN = 12;
const EXPONENT_DIGITS = 13;
const WORD = 14;
const STATES = 15;

/** From here on the byte is the last one of something: */
export const FIRST_END = 16;
export const STRUCTURAL_END = 16;
export const STRING_END = 17;
export const ERROR_END = 18;
/** From here on the byte comes after it, and is looked at again: */
export const FIRST_END_BEFORE = 32;
export const INTEGER_END = 32;
export const FLOAT_END = 33;
const WORD_END = 34;
export const RECOVERY_END = 35;

const FIRST_OF_TEXT = 0x20;
/** No byte of UTF-8, and none of what it looked like in the beginning: QEMU's clients use them to start afresh. */
const FIRST_IMPOSSIBLE = 0xfe;

/** The state that follows `state` at a byte stands at `state * 256 + byte`. */
export const NEXT_STATE: Uint8Array = fillTable();

function fillTable(): Uint8Array {
  const table = new Uint8Array(STATES * 256).fill(ERROR_END);
  const go = (state: number, bytes: string, next: number): void => {
    for (const byte of bytes) table[state * 256 + byte.charCodeAt(0)] = next;
  };
  const goAlways = (state: number, next: number): void => {
    table.fill(next, state * 256, state * 256 + 256);
  };
  const goForText = (state: number, next: number): void => {
    table.fill(next, state * 256 + FIRST_OF_TEXT, state * 256 + FIRST_IMPOSSIBLE);
  };
  const structural = '{}[]:,';
  const oneToNine = '123456789';
  const digits = `0${oneToNine}`;
  const letters = 'abcdefghijklmnopqrstuvwxyz';

  go(START, ' \t\r\n', START);
  go(START, structural, STRUCTURAL_END);
  go(START, '"', DOUBLE_QUOTED);
  go(START, "'", SINGLE_QUOTED);
  go(START, '-', SIGN);
  go(START, '0', ZERO);
  go(START, oneToNine, DIGITS);
  go(START, letters, WORD);

  goAlways(RECOVERY, RECOVERY_END);
  goForText(RECOVERY, RECOVERY);
  go(RECOVERY, '\t', RECOVERY);
  go(RECOVERY, structural, RECOVERY_END);

  goForText(DOUBLE_QUOTED, DOUBLE_QUOTED);
  go(DOUBLE_QUOTED, '\\', DOUBLE_QUOTED_ESCAPE);
  go(DOUBLE_QUOTED, '"', STRING_END);
  goForText(DOUBLE_QUOTED_ESCAPE, DOUBLE_QUOTED);

  goForText(SINGLE_QUOTED, SINGLE_QUOTED);
  go(SINGLE_QUOTED, '\\', SINGLE_QUOTED_ESCAPE);
  go(SINGLE_QUOTED, "'", STRING_END);
  goForText(SINGLE_QUOTED_ESCAPE, SINGLE_QUOTED);

  go(SIGN, '0', ZERO);
  go(SIGN, oneToNine, DIGITS);
  // No exponent follows a zero: `0e1` is a number and a word.
  goAlways(ZERO, INTEGER_END);
  go(ZERO, digits, ERROR_END);
  go(ZERO, '.', POINT);
  goAlways(DIGITS, INTEGER_END);
  go(DIGITS, digits, DIGITS);
  go(DIGITS, '.', POINT);
  go(DIGITS, 'eE', EXPONENT);
  go(POINT, digits, FRACTION);
  goAlways(FRACTION, FLOAT_END);
  go(FRACTION, digits, FRACTION);
  go(FRACTION, 'eE', EXPONENT);
  go(EXPONENT, '+-', EXPONENT_SIGN);
  go(EXPONENT, digits, EXPONENT_DIGITS);
  go(EXPONENT_SIGN, digits, EXPONENT_DIGITS);
  goAlways(EXPONENT_DIGITS, FLOAT_END);
  go(EXPONENT_DIGITS, digits, EXPONENT_DIGITS);

  goAlways(WORD, WORD_END);
  go(WORD, letters, WORD);
  return table;
}
