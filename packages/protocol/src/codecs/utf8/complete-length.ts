/** How many of the bytes are left when a character that is cut off at their end is taken away. */
export function completeLength(bytes: Uint8Array): number {
  const { length } = bytes;
  for (let back = 1; back <= 3 && back <= length; back++) {
    const byte = bytes[length - back] ?? 0;
    const isContinuation = byte >= 0x80 && byte < 0xc0;
    if (!isContinuation) return charLength(byte) > back ? length - back : length;
  }
  return length;
}

function charLength(leadByte: number): number {
  if (leadByte < 0xc0 || leadByte >= 0xf8) return 1;
  if (leadByte < 0xe0) return 2;
  return leadByte < 0xf0 ? 3 : 4;
}
