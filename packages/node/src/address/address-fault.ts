import { EventEmitter } from 'node:events';
import { inspect } from 'node:util';

import { AddressError } from '@qmp/protocol';

/** The spellings that work, for the end of a message. */
export const SPELLINGS = '"/run/vm.sock", "unix:@name", "tcp:host:port" or "[::1]:4444"';

/** The error for an address that cannot be used: it quotes what was given, says what is wrong and what was expected. */
export function addressFault(address: unknown, fault: string, expected: string): AddressError {
  const depth = address instanceof EventEmitter ? -1 : 0; // its class tells more than its hundred members
  const quoted =
    typeof address === 'string' ? JSON.stringify(address) : inspect(address, { depth, breakLength: Infinity });
  return new AddressError(`Cannot use the address ${quoted}: ${fault}; expected ${expected}`, { address });
}
