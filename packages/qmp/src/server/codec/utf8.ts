/** What QEMU puts in the place of bytes that are no character. */
const REPLACEMENT = '\ufffd';

/** The least code point for each length of a sequence: less would fit into a shorter one. */
const LEAST = [0, 0, 0x80, 0x800, 0x10000, 0x200000, 0x4000000];

/** A code point that stands for a character: no surrogate, and none of those that Unicode keeps for itself. */
export function isCharacter(codePoint: number): boolean {
  if (codePoint > 0x10ffff || (codePoint >= 0xd800 && codePoint <= 0xdfff)) return false;
  return (codePoint & 0xfffe) !== 0xfffe && !(codePoint >= 0xfdd0 && codePoint <= 0xfdef);
}

/** Reads UTF-8 as QEMU does, which takes a NUL in two bytes; `undefined` where something is no character. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  let text = '';
  for (let offset = 0; offset < bytes.byteLength;) {
    const { codePoint, end } = sequenceAt(bytes, offset);
    if (codePoint === undefined) return undefined;
    text += String.fromCodePoint(codePoint);
    offset = end;
  }
  return text;
}

/** Reads bytes for people: what is no character is replaced, and all ends at a NUL, as C's strings do. */
export function decodeForPeople(bytes: Uint8Array): string {
  let text = '';
  for (let offset = 0; offset < bytes.byteLength && bytes[offset] !== 0;) {
    const { codePoint, end } = sequenceAt(bytes, offset);
    text += codePoint === undefined ? REPLACEMENT : String.fromCodePoint(codePoint);
    offset = end;
  }
  return text;
}

/** The character at an offset, if it is one, and where the next begins: after a sequence of any length, however wrong. */
function sequenceAt(
  bytes: Uint8Array,
  start: number,
): { readonly codePoint: number | undefined; readonly end: number } {
  const first = bytes[start] ?? 0;
  let end = start + 1;
  if (first < 0x80) return { codePoint: first, end };
  const length = Math.clz32(~(first << 24));
  if (length === 1 || length > 6) return { codePoint: undefined, end };
  let codePoint = first & (0x7f >> length);
  for (; end < start + length; end++) {
    const byte = bytes[end] ?? 0;
    if ((byte & 0xc0) !== 0x80) return { codePoint: undefined, end };
    codePoint = codePoint * 64 + (byte & 0x3f);
  }
  const isShortest = codePoint >= (LEAST[length] ?? 0) || (codePoint === 0 && length === 2);
  return { codePoint: isShortest && isCharacter(codePoint) ? codePoint : undefined, end };
}
