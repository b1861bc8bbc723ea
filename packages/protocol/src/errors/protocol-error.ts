import { QmpError } from './qmp-error.ts';

/** The peer broke the protocol. The session ends with it. */
export class ProtocolError extends QmpError {
  override readonly name: string = 'ProtocolError';
  readonly code: string = 'PROTOCOL_ERROR';
}
