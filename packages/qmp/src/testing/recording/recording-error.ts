import { QmpError } from '@qmp/protocol';

/** What was to be read is no recording, or a broken one. */
export class RecordingError extends QmpError {
  override readonly name = 'RecordingError';
  readonly code = 'BAD_RECORDING';
  /** The line that is at fault, from 1. */
  readonly line: number;

  constructor(message: string, options: { readonly line: number; readonly cause?: unknown }) {
    super(message, options);
    this.line = options.line;
  }
}
