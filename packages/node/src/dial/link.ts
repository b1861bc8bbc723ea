import { connect, type Socket } from 'node:net';

import { describeAddress, endpointOf, type SocketAddress } from '../address/parsed-address.ts';
import { DialError } from '../errors/dial-error.ts';
import { systemErrorCode } from '../errors/system-error-code.ts';
import type { EarlyEndFault } from '../transport/socket-transport.ts';

/** A socket on its way to a peer, and what its failures mean there. */
export interface Link {
  readonly socket: Socket;
  /** What the socket emits once it can be used. */
  readonly readyEvent: 'connect' | 'secureConnect';
  /** What an error before that means, where it means something of its own. */
  readonly openingFault?: (error: unknown) => DialError | undefined;
  /** What an end after that means, as long as the peer has not said a word. */
  readonly earlyEndFault?: EarlyEndFault;
}

/** Begins to connect to a peer that is not spoken to by TLS. */
export function openPlain(address: SocketAddress): Link {
  const socket = connect({ ...endpointOf(address), noDelay: true });
  if (address.kind !== 'tcp') return { socket, readyEvent: 'connect' };
  return { socket, readyEvent: 'connect', earlyEndFault: (error) => resetFault(describeAddress(address), error) };
}

/** QEMU answers plain text at a port that takes TLS in this way. */
function resetFault(place: string, error: Error | undefined): Error | undefined {
  if (systemErrorCode(error) !== 'ECONNRESET') return error;
  const tls = place.replace(/^tcp/, 'tls');
  const message = `the peer reset the connection before it had said a word; if it takes TLS, it is "${tls}" (ECONNRESET)`;
  return new DialError(message, { code: 'ECONNRESET', address: place, cause: error });
}
