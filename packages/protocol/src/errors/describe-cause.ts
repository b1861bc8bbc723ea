/** The words of anything thrown, for the end of a message: an error's message, or its name where it has none. */
export function describeCause(cause: unknown): string {
  if (cause instanceof Error) return cause.message || cause.name;
  try {
    return String(cause);
  } catch {
    return 'a value without a text'; // an object without a prototype, say
  }
}

/** Anything thrown, as an error. */
export function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(describeCause(thrown), { cause: thrown });
}
