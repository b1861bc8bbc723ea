import { addressFault } from './address-fault.ts';
import type { ParsedAddress } from './parsed-address.ts';

/** A UNIX socket's path: a file, or behind an `@` a name in the abstract namespace. `address` is what errors quote. */
export function parsePath(path: string, address: unknown): ParsedAddress {
  if (path.includes('\0')) throw addressFault(address, 'it holds a NUL character', 'a path without one');
  if (process.platform === 'win32') {
    throw addressFault(address, 'Node has no UNIX sockets on Windows', '"\\\\.\\pipe\\name" or "host:port"');
  }
  if (!path.startsWith('@')) {
    if (path === '') throw addressFault(address, 'its path is empty', 'one such as "unix:/run/vm.sock"');
    checkLength(path, 'path', address);
    return { kind: 'unix', path };
  }
  const name = path.slice(1);
  if (name === '') throw addressFault(address, 'its abstract name is empty', 'one such as "unix:@vm"');
  if (process.platform !== 'linux') {
    throw addressFault(address, 'abstract UNIX sockets exist on Linux only', 'the path of a socket file');
  }
  checkLength(name, 'abstract name', address);
  return { kind: 'abstract', name };
}

/** Node cuts off what is too long and goes on with a path that nobody meant, so it has to be found here. */
function checkLength(path: string, what: string, address: unknown): void {
  const limit = maxPathBytes();
  const bytes = Buffer.byteLength(path);
  if (bytes <= limit) return;
  throw addressFault(
    address,
    `its ${what} is ${bytes} bytes long`,
    `at most ${limit}, which is all that this platform has room for in a UNIX socket's address`,
  );
}

/** `sun_path` less one byte: for the NUL behind a path, or the one before an abstract name. */
function maxPathBytes(): number {
  return process.platform === 'linux' ? 107 : 103;
}
