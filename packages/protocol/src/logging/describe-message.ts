/** Members that hold secrets in the protocols of this field, whatever they stand in. */
const SECRET_MEMBER = /^(password|passphrase|secret)$/;

/** What stands before the host of a URL: `https://user:password@`. */
const URL_PASSWORD = /(:\/\/[^/\s"@:]*:)[^/\s"@]+@/g;

/** A log record holds no more of a message than this. */
const LONGEST_TEXT = 10_000;

/** Whether a member of an object is a secret, judged by what stands beside it. */
export type IsSecret = (holder: { readonly [member: string]: unknown }, member: string) => boolean;

/**
 * A message as log records show it: one line, secrets blotted out, cut where it is very long. Members named `password`,
 * `passphrase` and `secret` are secrets anywhere; `isSecret` adds a protocol's own.
 */
export function describeMessage(message: unknown, isSecret: IsSecret = () => false): string {
  if (message instanceof Uint8Array) return `<${message.byteLength} bytes>`;
  const text = typeof message === 'string' ? message : stringify(message, isSecret);
  const shown = text.slice(0, LONGEST_TEXT).replace(URL_PASSWORD, '$1***@');
  return text.length > LONGEST_TEXT ? `${shown}… (${text.length} characters)` : shown;
}

function stringify(message: unknown, isSecret: IsSecret): string {
  const text: string | undefined = JSON.stringify(
    message,
    function show(this: { readonly [member: string]: unknown }, member: string, value: unknown): unknown {
      if (SECRET_MEMBER.test(member) || isSecret(this, member)) return '***';
      return typeof value === 'bigint' ? `${value}n` : value;
    },
  );
  return text ?? String(message);
}
