import { Deferred, type SessionEnd } from '@qmp/protocol';
import type { JsonObject } from '@qmp/protocol/codecs';

/** What a request comes to: its reply, or the end of the session before that. */
export type Outcome = { readonly reply: JsonObject } | { readonly end: SessionEnd };

/** One message to the server and whoever waits for its reply. */
export class CommandRequest {
  readonly message: JsonObject;
  /** Whether the id is chosen when it is sent, or stands in the message. */
  readonly id: 'assigned' | 'own';
  readonly #outcome = new Deferred<Outcome>();
  #caller: 'waits' | 'gave up' = 'waits';

  constructor(message: JsonObject, id: 'assigned' | 'own') {
    this.message = message;
    this.id = id;
  }

  get outcome(): Promise<Outcome> {
    return this.#outcome.promise;
  }

  /** The command's name, for errors. */
  get command(): string {
    const name = this.message['execute'] ?? this.message['exec-oob'];
    return typeof name === 'string' ? name : 'message';
  }

  /** Out-of-band commands overtake; they take no place in the server's queue. */
  get isInBand(): boolean {
    return !('exec-oob' in this.message);
  }

  get isGivenUp(): boolean {
    return this.#caller === 'gave up';
  }

  /** Nobody waits for the outcome any more. */
  giveUp(): void {
    this.#caller = 'gave up';
  }

  settle(outcome: Outcome): void {
    this.#outcome.resolve(outcome);
  }

  /** It could not be sent. */
  fail(error: unknown): void {
    this.#outcome.reject(error);
  }
}
