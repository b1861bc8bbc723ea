import { QmpError } from '@qmp/protocol';

/** A client was cut off: it does not read what is sent to it. */
export class ClientTooSlowError extends QmpError {
  override readonly name = 'ClientTooSlowError';
  readonly code = 'CLIENT_TOO_SLOW';
  /** What it had left unread, apart from what the system holds. */
  readonly unsentBytes: number;
  /** What the server puts up with. */
  readonly maxUnsentBytes: number;

  constructor(client: string, facts: { readonly unsentBytes: number; readonly maxUnsentBytes: number }) {
    const { unsentBytes, maxUnsentBytes } = facts;
    super(`${client} was cut off: it left ${unsentBytes} bytes unread; the limit is ${maxUnsentBytes}`);
    this.unsentBytes = unsentBytes;
    this.maxUnsentBytes = maxUnsentBytes;
  }
}
