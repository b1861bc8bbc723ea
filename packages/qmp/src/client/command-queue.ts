import type { SessionEnd } from '@qmp/protocol';
import type { JsonObject } from '@qmp/protocol/codecs';
import type { CommandRequest } from './command-request.ts';
import { NO_ID, replyKey, type ReplyKey } from './reply-key.ts';

/** How a {@link CommandQueue} puts a message on the wire; a promise means that the peer is slow. */
export type SendMessage = (message: JsonObject, request: CommandRequest) => void | Promise<void>;

/** Where a reply went. */
export type ReplyRoute = 'delivered' | 'late' | 'unknown';

/**
 * The commands of one session: those that wait for their turn, in order, and those that wait for their reply, by id.
 * A request that was given up keeps its place until its reply has come, because the server still works on it.
 */
export class CommandQueue {
  readonly #send: SendMessage;
  readonly #waiting = new Set<CommandRequest>();
  readonly #sent = new Map<ReplyKey, CommandRequest>();
  #lastId = 0;
  #inBandLimit = Infinity;
  #inBandSent = 0;
  /** Set while the transport takes no more. */
  #congestion: Promise<void> | undefined;

  constructor(send: SendMessage) {
    this.#send = send;
  }

  /** How many in-band commands may be on their way at once. */
  limitInBand(limit: number): void {
    this.#inBandLimit = limit;
  }

  /** The next id that nobody uses. */
  takeId(): number {
    do this.#lastId += 1;
    while (this.#sent.has(this.#lastId));
    return this.#lastId;
  }

  /** What a request waits for at the moment, for the text of a timeout. */
  describeWait(request: CommandRequest): string {
    if (!this.#waiting.has(request)) return `the reply to ${request.command}`;
    return `room to send ${request.command}: ${this.#inBandSent} commands before it have no reply yet`;
  }

  /**
   * Sends the request, now or as soon as it is its turn.
   *
   * @throws TypeError when it cannot be encoded; RangeError when its own id is in use.
   */
  submit(request: CommandRequest): void {
    if (request.isInBand && (this.#waiting.size > 0 || !this.#hasRoom())) this.#waiting.add(request);
    else this.#dispatch(request);
  }

  /** Forgets a request: withdrawn when it has not left yet, otherwise its reply will be dropped. */
  giveUp(request: CommandRequest): void {
    this.#waiting.delete(request);
    request.giveUp();
  }

  /** Whether a reply without an id can belong to a request. */
  get expectsReplyWithoutId(): boolean {
    return this.#sent.has(NO_ID);
  }

  /** Hands a reply to whoever waits for it. */
  deliver(reply: JsonObject): ReplyRoute {
    const key = replyKey(reply);
    const request = this.#sent.get(key);
    if (request === undefined) return 'unknown';
    this.#sent.delete(key);
    if (request.isInBand) this.#inBandSent -= 1;
    request.settle({ reply });
    if (this.#waiting.size > 0) this.#advance();
    return request.isGivenUp ? 'late' : 'delivered';
  }

  /** The session is over: whoever still waits is told how. */
  end(end: SessionEnd): void {
    for (const request of [...this.#sent.values(), ...this.#waiting]) request.settle({ end });
    this.#sent.clear();
    this.#waiting.clear();
  }

  #hasRoom(): boolean {
    return this.#congestion === undefined && this.#inBandSent < this.#inBandLimit;
  }

  #advance(): void {
    for (const request of this.#waiting) {
      if (!this.#hasRoom()) return;
      this.#waiting.delete(request);
      try {
        this.#dispatch(request);
      } catch (error) {
        request.fail(error);
      }
    }
  }

  #dispatch(request: CommandRequest): void {
    const { message } = request;
    const outgoing = request.id === 'assigned' ? { ...message, id: this.takeId() } : message;
    const key = replyKey(outgoing);
    if (this.#sent.has(key)) {
      const id = key === NO_ID ? 'A message without an id' : `The id ${key}`;
      throw new RangeError(`${id} is in use: its reply has not come yet`);
    }
    const congestion = this.#send(outgoing, request);
    this.#sent.set(key, request);
    if (request.isInBand) this.#inBandSent += 1;
    if (congestion !== undefined) this.#waitOut(congestion);
  }

  #waitOut(congestion: Promise<void>): void {
    const ease = (): void => {
      if (this.#congestion !== congestion) return;
      this.#congestion = undefined;
      this.#advance();
    };
    this.#congestion = congestion;
    congestion.then(ease, ease);
  }
}
