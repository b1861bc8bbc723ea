/** Members that hold secrets in the protocols of this field, whatever they stand in. */
export const SECRET_MEMBERS: ReadonlySet<string> = new Set(['password', 'passphrase', 'secret']);

/** What stands in the place of a secret. */
export const REDACTED = '***';

/** What stands before the host of a URL: `https://user:password@`. */
export const URL_PASSWORD: RegExp = /(:\/\/[^/\s"@:]*:)[^/\s"@]+@/g;

/** What stands in its place. */
export const URL_REDACTED: string = `$1${REDACTED}@`;

/** Whether a member of an object is a secret, judged by what stands beside it. */
export type IsSecret = (holder: { readonly [member: string]: unknown }, member: string) => boolean;
