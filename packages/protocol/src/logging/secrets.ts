/** Members that hold secrets in the protocols of this field, whatever they stand in. */
const SECRET_MEMBERS: ReadonlySet<string> = new Set(['password', 'passphrase', 'secret']);

/** What stands before the host of a URL: `https://user:password@`. */
const URL_PASSWORD = /(:\/\/[^/\s"@:]*:)[^/\s"@]+@/g;

/** What stands in the place of a secret. */
export const REDACTED = '***';

/** Whether a member of an object is a secret, judged by what stands beside it. */
export type IsSecret = (holder: { readonly [member: string]: unknown }, member: string) => boolean;

/** Whether a member is a secret in any protocol, or in the one that `isSecret` knows. */
export function isSecretMember(
  holder: { readonly [member: string]: unknown },
  member: string,
  isSecret: IsSecret,
): boolean {
  return SECRET_MEMBERS.has(member) || isSecret(holder, member);
}

/** Text without the passwords of the URLs in it. */
export function redactUrls(text: string): string {
  return text.replace(URL_PASSWORD, `$1${REDACTED}@`);
}
