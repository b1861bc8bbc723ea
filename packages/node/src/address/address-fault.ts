import { EventEmitter } from 'node:events';

import { AddressError } from '@qmp/protocol';

/** The spellings that work, for the end of a message. */
export const SPELLINGS = '"/run/vm.sock", "unix:@name", "tcp:host:port", "tls:host:port" or "[::1]:4444"';

/** The error for an address that cannot be used: it quotes what was given, says what is wrong and what was expected. */
export function addressFault(address: unknown, fault: string, expected: string, cause?: unknown): AddressError {
  const shown = withoutSecrets(address);
  const depth = shown instanceof EventEmitter ? -1 : 0; // its class tells more than its hundred members
  const quoted = typeof shown === 'string' ? JSON.stringify(shown) : inspect(shown, depth);
  return new AddressError(`Cannot use the address ${quoted}: ${fault}; expected ${expected}`, {
    address: shown,
    ...(cause === undefined ? {} : { cause }),
  });
}

/** An error is printed with all its members: no key may be among them, not even one in the wrong place. */
function withoutSecrets(address: unknown): unknown {
  if (typeof address !== 'object' || address === null || !('tls' in address)) return address;
  const { tls } = address;
  return tls === undefined || typeof tls === 'boolean' ? address : { ...address, tls: '(not shown)' };
}

/** Loaded when there is a fault to tell: `import` would run all that `node:util` offers. */
function inspect(value: unknown, depth: number): string {
  return process.getBuiltinModule('node:util').inspect(value, { depth, breakLength: Infinity });
}
