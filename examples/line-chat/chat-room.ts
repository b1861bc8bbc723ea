import { nodeConnector } from '@qmp/node';
import { type Address, DisconnectedError, type Listener, type Transport } from '@qmp/protocol';
import { ignore } from '@qmp/protocol/wait';
import { Chat } from './chat.ts';

/** A server for many: what one guest says, all the others hear. */
export class ChatRoom {
  readonly #listener: Listener;
  readonly #guests = new Set<Chat>();
  readonly #closing = new AbortController();
  readonly #doorkeeper: Promise<void>;

  private constructor(listener: Listener) {
    this.#listener = listener;
    this.#doorkeeper = this.#letIn();
    this.#doorkeeper.catch(ignore); // it is the close() of this room that ends it
  }

  /** Opens a room at the address. */
  static async open(at: Address): Promise<ChatRoom> {
    return new ChatRoom(await nodeConnector.listen(at, { signal: new AbortController().signal }));
  }

  /** How many are in. */
  get guests(): number {
    return this.#guests.size;
  }

  /** Sends everybody home, after they have got what was said. */
  async close(): Promise<void> {
    this.#closing.abort(new DisconnectedError('The room is closed'));
    await this.#doorkeeper.catch(ignore);
    await this.#listener.close();
    await Promise.all(Array.from(this.#guests, (guest) => guest[Symbol.asyncDispose]()));
  }

  /** Takes in one guest after the other, until the room closes. */
  async #letIn(): Promise<never> {
    for (;;) this.#welcome(await this.#listener.accept({ signal: this.#closing.signal }));
  }

  #welcome(transport: Transport): void {
    const guest: Chat = new Chat((line) => this.#passOn(line, guest));
    this.#guests.add(guest);
    guest.closed.then(() => this.#guests.delete(guest), ignore);
    // Not waited for: one who is slow to come in holds nobody else up. One who does not make it is `closed`, too.
    void guest.connect(transport);
  }

  #passOn(line: string, speaker: Chat): void {
    for (const guest of this.#guests) {
      if (guest === speaker || guest.runstate !== 'running') continue;
      // Nobody waits for one who does not listen, and no more than 1 MiB piles up for them.
      if (guest.say(line) !== undefined) guest.abort(new DisconnectedError('The guest reads too slowly'));
    }
  }
}
