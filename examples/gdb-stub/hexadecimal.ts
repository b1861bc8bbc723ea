import { ProtocolError } from '@qmp/protocol';

/** Bytes as the protocol writes them: two digits each. */
export function toHexadecimal(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** @throws ProtocolError for anything but pairs of hexadecimal digits. */
export function fromHexadecimal(digits: string): Uint8Array {
  if (!/^([0-9a-fA-F]{2})*$/.test(digits)) {
    throw new ProtocolError(`Expected pairs of hexadecimal digits, found '${digits.slice(0, 40)}'`);
  }
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

/** The number that the bytes are, the lowest one first. */
export function littleEndian(bytes: Uint8Array): bigint {
  return bytes.reduceRight((number, byte) => (number << 8n) | BigInt(byte), 0n);
}
