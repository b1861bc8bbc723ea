import { CommandError } from '../../server/command-error.ts';

/** QEMU refuses something, in general. */
export function genericError(description: string): CommandError {
  return new CommandError('GenericError', description);
}

/** There is no device of that id or path. */
export function deviceNotFound(device: string): CommandError {
  return new CommandError('DeviceNotFound', `Device '${device}' not found`);
}
