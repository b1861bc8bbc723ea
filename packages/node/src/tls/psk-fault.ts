const LONGEST_IDENTITY_BYTES = 128;
const LONGEST_KEY_BYTES = 256;

/** What is wrong with a pre-shared key, and what was expected; `undefined` where nothing is. The key is not quoted. */
export function pskFault(psk: object): [fault: string, expected: string] | undefined {
  const unknown = Object.keys(psk).find((name) => name !== 'identity' && name !== 'key');
  if (unknown !== undefined) return [`its tls.psk has a member ${JSON.stringify(unknown)}`, '{ identity, key }'];
  const { identity, key } = psk as { readonly [name in 'identity' | 'key']?: unknown };
  if (typeof identity !== 'string' || identity === '' || identity.includes('\0')) {
    return ['its tls.psk.identity is no name', 'what stands before the ":" in keys.psk'];
  }
  if (Buffer.byteLength(identity) > LONGEST_IDENTITY_BYTES) {
    return ['its tls.psk.identity is too long', `at most ${LONGEST_IDENTITY_BYTES} bytes`];
  }
  const isHex = typeof key === 'string' && /^(?:[\da-f]{2})+$/i.test(key);
  if (!isHex && !(key instanceof Uint8Array)) {
    return [
      'its tls.psk.key is no key',
      'an even number of hexadecimal digits, as behind the ":" in keys.psk, or bytes',
    ];
  }
  const bytes = isHex ? key.length / 2 : key.length;
  if (bytes > 0 && bytes <= LONGEST_KEY_BYTES) return undefined;
  return [`its tls.psk.key is ${bytes} bytes long`, `from 1 to ${LONGEST_KEY_BYTES} bytes`];
}
