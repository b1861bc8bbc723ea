import { TLS_WORDS } from '../arguments/tls-words.ts';

/** How long a QEMU may take to answer, unless somebody says otherwise. */
export const DEFAULT_TIMEOUT_SECONDS = '30';

/** The options of every command that takes a schema; for `parseWords`. */
export const SCHEMA_WORDS = {
  timeout: { type: 'string', default: DEFAULT_TIMEOUT_SECONDS },
  ...TLS_WORDS,
} as const;
