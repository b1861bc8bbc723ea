/** The system's name for what went wrong, such as `ENOENT`; `UNKNOWN` for what did not come from the system. */
export function systemErrorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'UNKNOWN';
}
