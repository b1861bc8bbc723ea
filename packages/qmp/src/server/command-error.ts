import { QmpError } from '@qmp/protocol';

/** Thrown by a handler to refuse a command: the client gets its class and its text as the error reply. */
export class CommandError extends QmpError {
  override readonly name = 'CommandError';
  readonly code = 'COMMAND_REFUSED';
  /** One of QEMU's error classes, such as `GenericError`, `CommandNotFound` or `DeviceNotFound`; or one of your own. */
  readonly errorClass: string;

  constructor(errorClass: string, description: string) {
    super(description);
    this.errorClass = errorClass;
  }
}
