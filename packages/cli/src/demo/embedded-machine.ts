import { nodeConnector } from '@qmp/node';
import { ignore } from '@qmp/protocol/wait';

import { EmbeddedServer } from './embedded-server.ts';
import type { Machine } from './machine.ts';

/** The stand-in that needs no QEMU: a server in this process, on a TCP port of its own, which every platform has. */
export class EmbeddedMachine implements Machine {
  readonly address: string;
  readonly startedBy = '(a small QMP server inside this program)';
  readonly screenFile = undefined;
  readonly complaints = '';
  readonly #server: EmbeddedServer;
  readonly #gone = new AbortController();

  private constructor(server: EmbeddedServer, address: string) {
    this.#server = server;
    this.address = address;
    // A session that does not come about is heard of on the client's side.
    server.accept().catch(ignore);
    void server.closed.then(() => this.#gone.abort(new Error('The stand-in has ended')));
  }

  static async start(): Promise<EmbeddedMachine> {
    const server = new EmbeddedServer({ connector: nodeConnector });
    await server.startServer('127.0.0.1:0');
    return new EmbeddedMachine(server, server.listeningAt ?? '');
  }

  get gone(): AbortSignal {
    return this.#gone.signal;
  }

  async stop(): Promise<void> {
    await this.#server[Symbol.asyncDispose]();
  }
}
