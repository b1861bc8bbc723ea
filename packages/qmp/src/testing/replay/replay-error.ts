import { QmpError } from '@qmp/protocol';

/** A client did not do what the recording says. */
export class ReplayError extends QmpError {
  override readonly name = 'ReplayError';
  readonly code = 'REPLAY_FAILED';
  /** The line of the recording that says so. */
  readonly line: number;

  constructor(message: string, options: { readonly line: number }) {
    super(message);
    this.line = options.line;
  }
}
