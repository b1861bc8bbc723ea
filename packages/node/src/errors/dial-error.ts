import { QmpError } from '@qmp/protocol';

/**
 * A connection could not be opened, or ended before the peer had said a word. The message says why in a sentence,
 * `cause` is the error of the system or of TLS, where there is one.
 */
export class DialError extends QmpError {
  override readonly name = 'DialError';
  /**
   * The system's name for it, such as `ECONNREFUSED`. For TLS what is wrong with the server's certificate
   * (`CERT_HAS_EXPIRED`, `UNABLE_TO_VERIFY_LEAF_SIGNATURE`, `ERR_TLS_CERT_ALTNAME_INVALID` and their like, as Node names
   * them), or one of `TLS_NOT_SPOKEN`, `TLS_REFUSED`, `TLS_VERSION`, `TLS_CLIENT_CERTIFICATE_REQUIRED`,
   * `TLS_CLIENT_CERTIFICATE_REFUSED`, `TLS_PSK_REFUSED`, `TLS_PSK_UNUSED`.
   */
  readonly code: string;
  /** What was dialed, such as `unix:/run/vm.sock`. */
  readonly address: string;

  constructor(message: string, options: { readonly code: string; readonly address: string; readonly cause?: unknown }) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined);
    this.code = options.code;
    this.address = options.address;
  }
}
