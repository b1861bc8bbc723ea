import { QmpError } from '@qmp/protocol';

/** The stub refused a command; the message says which, and with which error number. */
export class GdbError extends QmpError {
  override readonly name = 'GdbError';
  readonly code = 'REFUSED_BY_STUB';
}

/** The session ended before a command was answered; `cause` says how. */
export class CommandInterruptedError extends QmpError {
  override readonly name = 'CommandInterruptedError';
  readonly code = 'COMMAND_INTERRUPTED';
}
