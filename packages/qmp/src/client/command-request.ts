import type { JsonObject, JsonValue } from '@qmp/protocol/codecs';
import { Unanswered } from './unanswered.ts';

/** A message to the server; QMP specification, "Issuing Commands". An `undefined` member is not sent. */
export interface CommandMessage extends JsonObject {
  readonly execute?: JsonValue | undefined;
  readonly 'exec-oob'?: JsonValue | undefined;
  readonly arguments?: JsonValue | undefined;
  id?: JsonValue | undefined;
}

/** What a request comes to: the whole reply, or why there is none. */
export type Outcome = JsonObject | Unanswered;

/** One message to the server and whoever waits for its reply. */
export class CommandRequest {
  /** Gets its id, where it is to have one of ours, when it is sent. */
  readonly message: CommandMessage;
  readonly id: 'assigned' | 'own';
  readonly outcome: Promise<Outcome>;
  #settle!: (outcome: Outcome) => void;
  #caller: 'waits' | 'gave up' = 'waits';

  constructor(message: CommandMessage, id: 'assigned' | 'own') {
    this.message = message;
    this.id = id;
    this.outcome = new Promise((resolve) => {
      this.#settle = resolve;
    });
  }

  /** The command's name, for errors. */
  get command(): string {
    const name = this.message.execute ?? this.message['exec-oob'];
    return typeof name === 'string' ? name : 'message';
  }

  /** Out-of-band commands overtake; they take no place in the server's queue. */
  get isInBand(): boolean {
    return this.message['exec-oob'] === undefined;
  }

  get isQuit(): boolean {
    return this.message.execute === 'quit';
  }

  get isGivenUp(): boolean {
    return this.#caller === 'gave up';
  }

  /** The caller waits no longer, and gets the reason instead of a reply. */
  giveUp(reason: unknown): void {
    this.#caller = 'gave up';
    this.settle(new Unanswered({ kind: 'given up', reason }));
  }

  /** The first outcome counts. */
  settle(outcome: Outcome): void {
    this.#settle(outcome);
  }
}
