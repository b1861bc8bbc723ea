import { QmpError } from '@qmp/protocol';

/** A listener could not be opened, or is closed. The message says why in a sentence, `cause` is the system's error. */
export class ListenError extends QmpError {
  override readonly name = 'ListenError';
  /** The system's name for it, such as `EADDRINUSE`. */
  readonly code: string;
  /** Where it was to listen, such as `unix:/run/vm.sock`. */
  readonly address: string;

  constructor(message: string, options: { readonly code: string; readonly address: string; readonly cause?: unknown }) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined);
    this.code = options.code;
    this.address = options.address;
  }
}
