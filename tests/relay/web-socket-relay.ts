import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { type Duplex, pipeline } from 'node:stream';
import { createWebSocketStream, type WebSocket, WebSocketServer } from 'ws';

/** What a relay is to stand in front of. */
export interface RelayOptions {
  /** The path of a UNIX socket that is connected to anew for each client: QEMU's monitor, or a guest agent. */
  readonly target: string;
}

/** A running relay. */
export interface Relay {
  /** Where clients find it: `ws://127.0.0.1:40123/`. */
  readonly url: string;
  /** Hangs up on everybody and stops listening. */
  close(): Promise<void>;
}

/**
 * Bytes from WebSocket clients to a UNIX socket and back, binary messages both ways: how a browser reaches a monitor of
 * QEMU, which does not serve QMP over a WebSocket of its own. A client is let in once the target has taken the
 * connection, and refused with 502 where it does not.
 */
export async function startRelay({ target }: RelayOptions): Promise<Relay> {
  const server = createServer((_, response) => response.writeHead(426).end('expected a WebSocket\n'));
  const handshakes = new WebSocketServer({ noServer: true });
  server.on('upgrade', (request: IncomingMessage, link: Duplex, head: Buffer) => {
    const socket = connect(target);
    const letGo = (): void => void socket.destroy();
    const refuse = (): void => void link.end('HTTP/1.1 502 Bad Gateway\r\nConnection: close\r\n\r\n');
    link.on('error', letGo).on('close', letGo);
    socket.on('error', refuse);
    socket.once('connect', () => {
      handshakes.handleUpgrade(request, link, head, (client: WebSocket) => {
        link.off('error', letGo).off('close', letGo);
        socket.off('error', refuse);
        const messages = createWebSocketStream(client);
        // What ends one end ends the other; why is between the two of them.
        pipeline(messages, socket, messages, () => client.terminate());
      });
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async close() {
      for (const client of handshakes.clients) client.terminate();
      server.close();
      await once(server, 'close');
    },
  };
}
