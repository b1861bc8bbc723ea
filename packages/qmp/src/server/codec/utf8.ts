/** What QEMU puts in the place of bytes that are no character. */
const REPLACEMENT = '\ufffd';

/** The least code point for each length of a sequence: less would fit into a shorter one. */
const LEAST = [0, 0, 0x80, 0x800, 0x10000, 0x200000, 0x4000000];

/** A code point that stands for a character: no surrogate, and none of those that Unicode keeps for itself. */
export function isCharacter(codePoint: number): boolean {
  if (codePoint > 0x10ffff || (codePoint >= 0xd800 && codePoint <= 0xdfff)) return false;
  return (codePoint & 0xfffe) !== 0xfffe && !(codePoint >= 0xfdd0 && codePoint <= 0xfdef);
}

/** How QEMU writes a NUL inside of text, so that it does not end it. */
const NUL = [0xc0, 0x80] as const;

/** More than this of a fault is not repeated to whoever has made it. */
const MOST_SHOWN_BYTES = 64 * 1024;

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const RESERVED = /\p{Noncharacter_Code_Point}/u;

/** Reads UTF-8 as QEMU does, which takes a NUL in two bytes; `undefined` where something is no character. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  let text = '';
  let start = 0;
  for (let nul = bytes.indexOf(NUL[0]); nul !== -1; nul = bytes.indexOf(NUL[0], start)) {
    const before = decodeCharacters(bytes.subarray(start, nul));
    if (before === undefined || bytes[nul + 1] !== NUL[1]) return undefined;
    text += `${before}\0`;
    start = nul + NUL.length;
  }
  const rest = decodeCharacters(bytes.subarray(start));
  return rest === undefined ? undefined : text + rest;
}

function decodeCharacters(bytes: Uint8Array): string | undefined {
  try {
    const text = decoder.decode(bytes);
    return RESERVED.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
}

/** Reads bytes for people: what is no character is replaced, and all ends at a NUL, as C's strings do. */
export function decodeForPeople(bytes: Uint8Array): string {
  let text = '';
  const end = Math.min(bytes.byteLength, MOST_SHOWN_BYTES);
  for (let offset = 0; offset < end && bytes[offset] !== 0;) {
    const { codePoint, next } = sequenceAt(bytes, offset);
    text += codePoint === undefined ? REPLACEMENT : String.fromCodePoint(codePoint);
    offset = next;
  }
  return text;
}

/** The character at an offset, if it is one, and where the next begins: after a sequence of any length, however wrong. */
function sequenceAt(
  bytes: Uint8Array,
  start: number,
): { readonly codePoint: number | undefined; readonly next: number } {
  const first = bytes[start] ?? 0;
  let next = start + 1;
  if (first < 0x80) return { codePoint: first, next };
  const length = Math.clz32(~(first << 24));
  if (length === 1 || length > 6) return { codePoint: undefined, next };
  let codePoint = first & (0x7f >> length);
  for (; next < start + length; next++) {
    const byte = bytes[next] ?? 0;
    if ((byte & 0xc0) !== 0x80) return { codePoint: undefined, next };
    codePoint = codePoint * 64 + (byte & 0x3f);
  }
  const isShortest = codePoint >= (LEAST[length] ?? 0) || (codePoint === 0 && length === 2);
  return { codePoint: isShortest && isCharacter(codePoint) ? codePoint : undefined, next };
}
