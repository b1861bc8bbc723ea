import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Deadline } from '../deadline.ts';
import { Mailbox } from '../mailbox.ts';
import { ScriptedConnection } from './scripted-connection.ts';

/** Where a scripted server listens. Only TCP can break a connection off on demand. */
export type SocketKind = 'unix' | 'tcp';

/** A server that says nothing by itself. It is a plain socket, so that it can break every rule. */
export class ScriptedServer {
  /** The path of a UNIX socket, or `127.0.0.1:PORT`. */
  readonly address: string;
  readonly #server: Server;
  readonly #folder: string;
  readonly #sockets = new Set<Socket>();
  readonly #accepted = new Mailbox<Socket>();

  private constructor(server: Server, folder: string, address: string) {
    this.#server = server;
    this.#folder = folder;
    this.address = address;
    server.on('connection', (socket) => {
      this.#sockets.add(socket);
      this.#accepted.put(socket);
    });
  }

  static async listen(kind: SocketKind): Promise<ScriptedServer> {
    const folder = await mkdtemp(join(tmpdir(), 'qmp-conformance-'));
    // A client that has hung up may still be told things: servers do not know at once.
    const server = createServer({ allowHalfOpen: true, noDelay: true });
    const path = join(folder, 'qmp');
    server.listen(kind === 'unix' ? { path } : { host: '127.0.0.1', port: 0 });
    await once(server, 'listening');
    const address = kind === 'unix' ? path : `127.0.0.1:${(server.address() as AddressInfo).port}`;
    return new ScriptedServer(server, folder, address);
  }

  /** The next client that connects. */
  async connection(deadline: Deadline): Promise<ScriptedConnection> {
    return new ScriptedConnection(await deadline.wait('a connection of the client', this.#accepted.take()), deadline);
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await rm(this.#folder, { recursive: true, force: true });
  }
}
