import { type IsSecret, REDACTED, SECRET_MEMBERS, URL_PASSWORD, URL_REDACTED } from './secrets.ts';

/** A log record holds no more of a message than this. */
const LONGEST_TEXT = 10_000;

/**
 * A message as log records show it: one line, secrets blotted out, cut where it is very long. Members named `password`,
 * `passphrase` and `secret` are secrets anywhere; `isSecret` adds a protocol's own.
 */
export function describeMessage(message: unknown, isSecret: IsSecret = () => false): string {
  if (message instanceof Uint8Array) return `<${message.byteLength} bytes>`;
  const text = typeof message === 'string' ? message : stringify(message, isSecret);
  const shown = text.slice(0, LONGEST_TEXT).replace(URL_PASSWORD, URL_REDACTED);
  return text.length <= LONGEST_TEXT ? shown : `${shown}… (${text.length} characters)`;
}

function stringify(message: unknown, isSecret: IsSecret): string {
  const text: string | undefined = JSON.stringify(
    message,
    function show(this: { readonly [member: string]: unknown }, member: string, value: unknown): unknown {
      if (SECRET_MEMBERS.has(member) || isSecret(this, member)) return REDACTED;
      return typeof value === 'bigint' ? `${value}n` : value;
    },
  );
  return text ?? String(message);
}
