/** The command line is wrong. The message is a sentence without its full stop; exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
