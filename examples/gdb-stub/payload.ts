import { ProtocolError } from '@qmp/protocol';

const ESCAPE = 0x7d; // '}': the next byte has bit 5 flipped
const REPEAT = 0x2a; // '*': the next character says how often the last one is repeated
const ESCAPED_BIT = 0x20;
/** A count is sent as a printable character: what is left after this is the number of repetitions. */
const COUNT_BIAS = 29;
const FIRST_COUNT = 0x20;
const LAST_COUNT = 0x7e;

/** The sum of the bytes as they stand on the wire, modulo 256, in two hexadecimal digits. */
export function checksumOf(bytes: Iterable<number>): string {
  let sum = 0;
  for (const byte of bytes) sum = (sum + byte) % 256;
  return sum.toString(16).padStart(2, '0');
}

/** The payload's bytes, with those escaped that mean something else on the wire: `#`, `$`, `*` and `}`. */
export function escapePayload(payload: string): readonly number[] {
  return Array.from(payload).flatMap((character) => {
    const byte = character.charCodeAt(0);
    if (character.length > 1 || byte > 0xff) throw new TypeError(`Cannot send '${character}': expected a byte`);
    return '#$*}'.includes(character) ? [ESCAPE, byte ^ ESCAPED_BIT] : [byte];
  });
}

/**
 * The payload of the bytes that stood between `$` and `#`, with escapes and repetitions undone.
 *
 * @throws ProtocolError for an escape or a repetition that is none, and for more than `maxBytes`.
 */
export function expandPayload(bytes: readonly number[], maxBytes: number): string {
  const payload: number[] = [];
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes[index] ?? 0;
    if (byte === ESCAPE) payload.push(following(bytes, index++) ^ ESCAPED_BIT);
    else if (byte === REPEAT) repeatLast(payload, following(bytes, index++));
    else payload.push(byte);
    if (payload.length > maxBytes) throw new ProtocolError(`A packet stands for more than ${maxBytes} bytes`);
  }
  return textOf(payload);
}

function following(bytes: readonly number[], index: number): number {
  const byte = bytes[index + 1];
  if (byte === undefined) throw new ProtocolError('A packet ends in the middle of an escape or a repetition');
  return byte;
}

function repeatLast(payload: number[], count: number): void {
  const last = payload.at(-1);
  if (last === undefined || count < FIRST_COUNT || count > LAST_COUNT) {
    throw new ProtocolError(`A packet repeats nothing, or by the count 0x${count.toString(16)}`);
  }
  for (let times = count - COUNT_BIAS; times > 0; times--) payload.push(last);
}

/** A character for each byte. In pieces: a call takes only so many arguments. */
function textOf(bytes: readonly number[]): string {
  let text = '';
  for (let start = 0; start < bytes.length; start += 4096) {
    text += String.fromCharCode(...bytes.slice(start, start + 4096));
  }
  return text;
}
