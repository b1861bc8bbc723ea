/** The option that every command has which waits for QEMU; for `parseWords`. */
export const TIMEOUT_WORDS = { timeout: { type: 'string', default: '30' } } as const;

/** How long a command waits for QEMU, unless somebody says otherwise. */
export const DEFAULT_TIMEOUT_SECONDS: string = TIMEOUT_WORDS.timeout.default;
