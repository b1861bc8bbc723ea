import { QmpError } from '@qmp/protocol';

/** A connection could not be opened. The message says why in a sentence, `cause` is the system's error. */
export class DialError extends QmpError {
  override readonly name = 'DialError';
  /** The system's name for it, such as `ECONNREFUSED`. */
  readonly code: string;
  /** What was dialed, such as `unix:/run/vm.sock`. */
  readonly address: string;

  constructor(message: string, options: { readonly code: string; readonly address: string; readonly cause: unknown }) {
    super(message, { cause: options.cause });
    this.code = options.code;
    this.address = options.address;
  }
}
