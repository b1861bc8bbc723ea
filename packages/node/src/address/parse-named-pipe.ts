import { addressFault } from './address-fault.ts';
import type { NamedPipe } from './parsed-address.ts';

/** What is meant for a named pipe of Windows. */
export const NAMED_PIPE: RegExp = /^\\\\[.?]\\pipe(?:\\|$)/i;

/** A named pipe, such as `\\.\pipe\vm`. `address` is what errors quote. */
export function parseNamedPipe(path: string, address: unknown): NamedPipe {
  if (process.platform !== 'win32') {
    throw addressFault(address, 'named pipes exist on Windows only', 'the path of a UNIX socket, or "host:port"');
  }
  const name = path.replace(NAMED_PIPE, '');
  if (name === '') throw addressFault(address, 'its name is empty', 'one such as "\\\\.\\pipe\\vm"');
  if (name.includes('\0')) throw addressFault(address, 'it holds a NUL character', 'a name without one');
  return { kind: 'pipe', path };
}
