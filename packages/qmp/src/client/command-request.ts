import { type Deadline, ignore } from '@qmp/protocol/wait';
import type { JsonObject, JsonValue } from '@qmp/protocol/codecs';
import { replyFault } from '../errors/reply-fault.ts';
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

/** How a request is made. */
export interface CommandRequestOptions {
  /** Whose id it has: one that is assigned when it is sent, or its own or none. */
  readonly id: 'assigned' | 'own';
  /** What its caller gets: what the command returns, or the whole reply, errors included. */
  readonly wants: 'return' | 'reply';
}

/** One message to the server and whoever waits for its reply. */
export class CommandRequest {
  /** Gets its id, where it is to have one of ours, when it is sent. */
  readonly message: CommandMessage;
  /** What the caller gets. The one promise of a call: each further one would cost as much as all the rest of it. */
  readonly result: Promise<JsonValue>;
  /** The caller's patience; nothing of it is left once the request is settled. */
  deadline: Deadline | undefined;
  readonly #options: CommandRequestOptions;
  #resolve!: (result: JsonValue | Promise<never>) => void;
  #state: 'waits' | 'settled' | 'given up' = 'waits';

  constructor(message: CommandMessage, options: CommandRequestOptions) {
    this.message = message;
    this.#options = options;
    this.result = new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }

  /** The command's name, for errors. */
  get command(): string {
    const name = this.message.execute ?? this.message['exec-oob'];
    return typeof name === 'string' ? name : 'message';
  }

  /** Whether its id is one of ours. */
  get hasAssignedId(): boolean {
    return this.#options.id === 'assigned';
  }

  /** Out-of-band commands overtake; they take no place in the server's queue. */
  get isInBand(): boolean {
    return this.message['exec-oob'] === undefined;
  }

  get isQuit(): boolean {
    return this.message.execute === 'quit';
  }

  get isGivenUp(): boolean {
    return this.#state === 'given up';
  }

  /** The caller waits no longer, and gets the reason instead of a reply. */
  giveUp(reason: unknown): void {
    this.settle(new Unanswered({ kind: 'given up', reason }));
    this.#state = 'given up';
  }

  /** The first outcome counts. */
  settle(outcome: Outcome): void {
    if (this.#state !== 'waits') return;
    this.#state = 'settled';
    this.deadline?.dispose();
    const value = this.#valueOf(outcome);
    this.#resolve(value === undefined ? this.#fail(outcome) : value);
  }

  /** What the caller gets; undefined when that is an error. */
  #valueOf(outcome: Outcome): JsonValue | undefined {
    if (outcome instanceof Unanswered) return undefined;
    if (this.#options.wants === 'reply') return outcome;
    return outcome['error'] === undefined ? outcome['return'] : undefined;
  }

  /**
   * The error is made when the result has taken this promise over: only then does its stack name the caller, and only
   * as long as nobody else watches the result. (If nobody does at all, it is no unhandled rejection.)
   */
  async #fail(outcome: Outcome): Promise<never> {
    await Promise.resolve();
    await Promise.resolve();
    const error =
      outcome instanceof Unanswered ? outcome.toError(this.command) : replyFault(this.command, this.message, outcome);
    this.result.catch(ignore);
    throw error;
  }
}
