import { once } from 'node:events';
import { createServer, type Server } from 'node:net';

import { type Listener, type ListenerOptions } from '@qmp/protocol';
import { ignore } from '@qmp/protocol/wait';

import { endpointOf, type SocketAddress } from '../address/parsed-address.ts';
import { systemErrorCode } from '../errors/system-error-code.ts';
import { createTlsServer } from '../tls/create-tls-server.ts';
import { listenFault } from './listen-fault.ts';
import { removeStaleSocket } from './remove-stale-socket.ts';
import { SocketListener } from './socket-listener.ts';

/** Opens a listener, in the place of a stale socket file too. Rejects with a `ListenError` or the signal's reason. */
export async function listen(address: SocketAddress, options: ListenerOptions): Promise<Listener> {
  const { signal } = options;
  for (;;) {
    signal.throwIfAborted();
    try {
      return new SocketListener(await openServer(address, options), address, options.backlog);
    } catch (error) {
      signal.throwIfAborted();
      const isInUse = systemErrorCode(error) === 'EADDRINUSE';
      if (!isInUse || address.kind !== 'unix') throw await listenFault(address, error);
      await removeStaleSocket(address, error, signal);
    }
  }
}

async function openServer(address: SocketAddress, options: ListenerOptions): Promise<Server> {
  const { signal, allowHalfOpen = false } = options;
  const server = address.kind === 'tls' ? createTlsServer(address.tls) : createServer({ noDelay: true, allowHalfOpen });
  // `once` hears of errors while it waits; after an abort there is nobody left to tell, and no reason to crash.
  server.on('error', ignore);
  try {
    server.listen(endpointOf(address));
    await once(server, 'listening', { signal });
    signal.throwIfAborted();
    return server;
  } catch (error) {
    // A look-up of a host's name that is still under way comes to nothing by this.
    server.close();
    throw error;
  }
}
