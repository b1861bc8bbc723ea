import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { JsonStreamCodec } from '@qmp/protocol/codecs';

import type { Deadline } from '../deadline.ts';
import { Mailbox } from '../mailbox.ts';
import { Violation } from '../verdict.ts';
import { type Command, commandIn } from './command.ts';

/** The server's end of a connection: it does nothing but what a rule has it do, right or wrong. */
export class ScriptedConnection {
  readonly #socket: Socket;
  readonly #deadline: Deadline;
  readonly #codec = new JsonStreamCodec();
  readonly #commands = new Mailbox<Command>();

  constructor(socket: Socket, deadline: Deadline) {
    this.#socket = socket;
    this.#deadline = deadline;
    socket.on('data', (chunk) => this.#decode(chunk));
    socket.on('end', () => this.#commands.close(new Violation('the client has hung up')));
    // A client may break off as it likes.
    socket.on('error', () => this.#commands.close(new Violation('the client has broken off')));
  }

  /** Sends bytes as they are. */
  send(bytes: string | Uint8Array): void {
    this.#socket.write(bytes);
  }

  /** Sends every piece so that it arrives alone, as far as a server can see to that. */
  async sendInPieces(pieces: readonly (string | Uint8Array)[]): Promise<void> {
    for (const piece of pieces) {
      this.#socket.write(piece);
      await pause(1);
    }
  }

  /** The next command of the client. */
  command(): Promise<Command> {
    return this.#deadline.wait('a command of the client', this.#commands.take());
  }

  /** Ends the stream; what was sent before arrives. */
  end(): void {
    this.#socket.end();
  }

  /** Breaks the connection off: the client sees a reset, not an end. */
  reset(): void {
    this.#socket.resetAndDestroy();
  }

  #decode(chunk: Uint8Array): void {
    try {
      for (const message of this.#codec.decode(chunk)) this.#commands.put(commandIn(message));
    } catch (error) {
      this.#commands.close(new Violation(`the client has sent what is no JSON: ${(error as Error).message}`));
    }
  }
}
