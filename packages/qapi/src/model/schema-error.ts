/** A schema that is none. The message names the place, what was wrong there, and what was expected. */
export class SchemaError extends Error {
  override readonly name = 'SchemaError';
  readonly code = 'BAD_SCHEMA';
  /** Where it is wrong, for a schema that came in files. */
  readonly file: string | undefined;
  /** Counted from 1. */
  readonly line: number | undefined;

  constructor(
    message: string,
    options: { readonly file?: string; readonly line?: number; readonly cause?: unknown } = {},
  ) {
    const { file, line, ...rest } = options;
    super(file === undefined ? message : `${file}${line === undefined ? '' : `:${line}`}: ${message}`, rest);
    this.file = file;
    this.line = line;
  }
}
