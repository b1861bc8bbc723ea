// Whole characters only: on Node 20 the streaming mode of TextDecoder is several times slower.
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const lenient = new TextDecoder('utf-8', { ignoreBOM: true });
const encoder = new TextEncoder();

/** The text of the bytes; `undefined` when they are not UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return strict.decode(bytes);
  } catch {
    return undefined;
  }
}

/** The text of bytes that need not be UTF-8, with U+FFFD for what is none. */
export function decodeLeniently(bytes: Uint8Array): string {
  return lenient.decode(bytes);
}

/** How many bytes the text takes. */
export function byteLength(text: string): number {
  return encoder.encode(text).length;
}

/** How many bytes are left when a character that is cut off at their end is taken away. */
export function completeLength(bytes: Uint8Array): number {
  const { length } = bytes;
  for (let back = 1; back <= 3 && back <= length; back++) {
    const byte = bytes[length - back] ?? 0;
    const isContinuation = byte >= 0x80 && byte < 0xc0;
    if (!isContinuation) return characterLength(byte) > back ? length - back : length;
  }
  return length;
}

/** How many bytes there are before the first that is not UTF-8: there the text, encoded again, begins to differ. */
export function validLength(bytes: Uint8Array): number {
  const again = encoder.encode(decodeLeniently(bytes));
  let length = 0;
  while (length < bytes.length && bytes[length] === again[length]) length++;
  return completeLength(bytes.subarray(0, length));
}

function characterLength(leadByte: number): number {
  if (leadByte < 0xc0 || leadByte >= 0xf8) return 1;
  if (leadByte < 0xe0) return 2;
  return leadByte < 0xf0 ? 3 : 4;
}
