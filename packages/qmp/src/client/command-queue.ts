import type { AsyncProtocol, SessionEnd } from '@qmp/protocol';
import type { JsonObject } from '@qmp/protocol/codecs';
import type { CommandRequest } from './command-request.ts';
import { NO_ID, replyKey } from './reply-key.ts';
import { SentRequests } from './sent-requests.ts';
import { Unanswered } from './unanswered.ts';

/** Where a reply went. */
export type ReplyRoute = 'delivered' | 'late' | 'unknown';

/**
 * The commands of one session: those that wait for their turn, in order, and those that wait for their reply, by id.
 * A request that was given up keeps its place until its reply has come, because the server still works on it.
 */
export class CommandQueue {
  /** Sends in brackets: that is protected from those who use a client, not from its queue. */
  readonly #client: AsyncProtocol<JsonObject>;
  /** Few sessions have any. */
  #waiting: Set<CommandRequest> | undefined;
  readonly #sent = new SentRequests();
  /** None unless out-of-band execution is enabled. */
  #inBandLimit: number | undefined;
  #inBandSent = 0;
  /** Set while the transport takes no more. */
  #congestion: Promise<void> | undefined;
  /** The latest `quit`, from being sent until it is refused. */
  #quit: CommandRequest | undefined;

  constructor(client: AsyncProtocol<JsonObject>) {
    this.#client = client;
  }

  /** How many in-band commands may be on their way at once. */
  limitInBand(limit: number): void {
    this.#inBandLimit = limit;
  }

  /** The next id that nobody uses. */
  takeId(): number {
    return this.#sent.takeId();
  }

  /** What a request waits for at the moment, for the text of a timeout. */
  describeWait(request: CommandRequest): string {
    if (this.#waiting?.has(request) !== true) return `the reply to ${request.command}`;
    return `room to send ${request.command} (commands sent before it that have no reply yet: ${this.#inBandSent})`;
  }

  /**
   * Sends the request, now or as soon as it is its turn.
   *
   * @throws TypeError when it cannot be encoded; RangeError when its own id is in use.
   */
  submit(request: CommandRequest): void {
    if (request.isInBand && (this.#isAnybodyWaiting || !this.#hasRoom())) {
      this.#waiting ??= new Set();
      this.#waiting.add(request);
    } else this.#dispatch(request);
  }

  /** Forgets a request: withdrawn when it has not left yet, otherwise its reply will be dropped. */
  giveUp(request: CommandRequest, reason: unknown): void {
    this.#waiting?.delete(request);
    request.giveUp(reason);
  }

  /** Whether the server was asked to quit and has not refused. */
  get hasSentQuit(): boolean {
    return this.#quit !== undefined;
  }

  /** Whether a reply without an id can belong to a request. */
  get expectsReplyWithoutId(): boolean {
    return this.#sent.expectReplyWithoutId;
  }

  /** Hands a reply to whoever waits for it. */
  deliver(reply: JsonObject): ReplyRoute {
    const key = replyKey(reply);
    const request = this.#sent.get(key);
    if (request === undefined || (key === NO_ID && !isReply(reply))) return 'unknown';
    this.#sent.delete(key);
    if (request.isInBand) this.#inBandSent -= 1;
    if (request === this.#quit && reply['error'] !== undefined) this.#quit = undefined;
    request.settle(reply);
    if (this.#isAnybodyWaiting) this.#advance();
    return request.isGivenUp ? 'late' : 'delivered';
  }

  /** The session is over: whoever still waits is told how. */
  end(end: SessionEnd): void {
    const unanswered = new Unanswered(end);
    // QEMU may be gone before it has written the reply to quit.
    const quitOutcome = end.kind === 'disconnected' ? { return: {} } : unanswered;
    for (const request of this.#sent.takeAll()) request.settle(request.isQuit ? quitOutcome : unanswered);
    const waitingQuitOutcome = this.hasSentQuit ? quitOutcome : unanswered;
    for (const request of this.#waiting ?? []) request.settle(request.isQuit ? waitingQuitOutcome : unanswered);
    this.#waiting = undefined;
  }

  /**
   * Whether a `quit` has no reply yet. Nothing is sent behind it: the server would close with that unread, and the reset
   * that follows takes replies to earlier commands with it.
   */
  get #awaitsQuit(): boolean {
    return this.#quit !== undefined && this.#sent.get(replyKey(this.#quit.message)) === this.#quit;
  }

  get #isAnybodyWaiting(): boolean {
    return this.#waiting !== undefined && this.#waiting.size > 0;
  }

  #hasRoom(): boolean {
    if (this.#awaitsQuit || this.#congestion !== undefined) return false;
    const limit = this.#inBandLimit;
    return (limit === undefined || this.#inBandSent < limit) && this.#client.runstate === 'running';
  }

  #advance(): void {
    for (const request of this.#waiting ?? []) {
      if (!this.#hasRoom()) return;
      this.#waiting?.delete(request);
      try {
        this.#dispatch(request);
      } catch (error) {
        request.settle(new Unanswered({ kind: 'given up', reason: error }));
      }
    }
  }

  #dispatch(request: CommandRequest): void {
    const { message } = request;
    if (request.hasAssignedId) message.id = this.takeId();
    const key = replyKey(message);
    if (this.#sent.get(key) !== undefined) {
      const id = key === NO_ID ? 'A message without an id' : `The id ${key}`;
      throw new RangeError(`${id} is in use: its reply has not come yet`);
    }
    const congestion = this.#client['send'](request.message);
    this.#sent.add(key, request);
    if (request.isQuit) this.#quit = request;
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

/** Tells a reply from what else can come without an id, such as a greeting to a client that did not wait for it. */
function isReply(message: JsonObject): boolean {
  return message['return'] !== undefined || message['error'] !== undefined;
}
