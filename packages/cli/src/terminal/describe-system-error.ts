/** The system's words for an error, such as `no such file or directory`, without Node's names for calls and codes. */
export function describeSystemError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { errno } = error as NodeJS.ErrnoException;
  const [, text = error.message] =
    process
      .getBuiltinModule('node:util')
      .getSystemErrorMap()
      .get(errno ?? 0) ?? [];
  return text;
}
