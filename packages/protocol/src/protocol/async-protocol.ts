import type { Address } from '../address/address.ts';
import type { Codec } from '../codecs/codec.ts';
import { DisconnectedError } from '../errors/connection-errors.ts';
import { describeCause } from '../errors/describe-cause.ts';
import { describeMessage } from '../logging/describe-message.ts';
import type { NamedLog } from '../logging/named-log.ts';
import type { Runstate } from '../runstate/runstate.ts';
import { nextRunstate, RunstateWatcher } from '../runstate/runstate-watcher.ts';
import type { Session } from '../session/session.ts';
import type { Transport } from '../transport/transport.ts';
import type { CallOptions } from '../wait/call-options.ts';
import { nobodyMustCatch } from '../wait/nobody-must-catch.ts';
import { accept } from './accept.ts';
import type { Attempt } from './attempt.ts';
import { connect } from './connect.ts';
import { reasonOf } from './ending.ts';
import { Lifecycle } from './lifecycle.ts';
import { listen } from './listen.ts';
import type { ConnectOptions, DisconnectOptions, ListenOptions, ProtocolOptions, SessionEnd } from './options.ts';

const GRACE_MS = 5_000;

/**
 * A full-duplex, asynchronous session of messages over any byte stream, with a state that can always be trusted. Extend
 * it: a codec turns bytes into messages, {@link establishSession} shakes hands, {@link onMessage} takes what arrives.
 *
 * ```text
 * idle ──connect, startServer──> connecting ──session established──> running
 *   ^                                │                                  │
 *   └───────── disconnecting <───────┴── disconnect, abort, failure ────┘
 * ```
 *
 * After a loss it stays `disconnecting` until {@link disconnect} has told the caller why.
 */
export abstract class AsyncProtocol<In, Out = In> implements AsyncDisposable {
  /** Names the connection; log records follow a change at once. */
  name: string | undefined;
  readonly #life: Lifecycle<In, Out>;

  /** @param codec makes the codec of one session. */
  protected constructor(codec: () => Codec<In, Out>, options: ProtocolOptions = {}) {
    this.name = options.name;
    this.#life = new Lifecycle(this, codec, options);
  }

  /** Where it stands in its life cycle. */
  get runstate(): Runstate {
    return this.#life.phase.state;
  }

  /** Resolves with the next transition. */
  runstateChanged(): Promise<Runstate> {
    return nextRunstate(this.#life.watchers);
  }

  /** Every transition from now on; none is lost or merged. Leave the loop to stop watching. */
  runstates(): AsyncIterableIterator<Runstate, undefined> {
    return new RunstateWatcher(this.#life.watchers);
  }

  /** How the current session ends, or how the latest one ended; a failed attempt counts as one. Never rejects. */
  get closed(): Promise<SessionEnd> {
    return this.#life.closed;
  }

  /** The other end of the current session, as its transport describes it: `unix:/run/vm.sock`. */
  get peer(): string | undefined {
    return this.#life.session?.description;
  }

  /** Where `startServer` really listens (a port of 0 is resolved); undefined when it does not. */
  get listeningAt(): string | undefined {
    const { phase } = this.#life;
    return 'reception' in phase ? phase.reception.description : undefined;
  }

  /**
   * Opens a session as the dialing side; resolves once it is `running`.
   *
   * @throws AddressError and StateError before anything happens; `signal.reason`; ConnectError for everything else.
   */
  connect(to: Address | Transport, options: ConnectOptions = {}): Promise<void> {
    return nobodyMustCatch(() => connect(this.#life, to, options));
  }

  /**
   * Listens for one peer; resolves, still `connecting`, once it does. The peer is taken in by {@link accept}; the
   * listener closes when it has come.
   *
   * @throws as {@link connect}.
   */
  startServer(at: Address, options: ListenOptions = {}): Promise<void> {
    return nobodyMustCatch(() => listen(this.#life, at, options));
  }

  /**
   * Waits, as long as it takes unless told otherwise, for the peer of {@link startServer}; resolves once the session is
   * `running`. When it fails the listener is gone, too.
   *
   * @throws StateError without a `startServer` before it; otherwise as {@link connect}.
   */
  accept(options: CallOptions = {}): Promise<void> {
    return nobodyMustCatch(() => accept(this.#life, options));
  }

  /** {@link startServer}, then {@link accept}; the options hold for each of them. */
  startServerAndAccept(at: Address, options: ListenOptions = {}): Promise<void> {
    return nobodyMustCatch(async () => {
      await this.startServer(at, options);
      await this.accept(options);
    });
  }

  /**
   * Ends the session: flushes what was sent, closes, and returns to `idle`. Does nothing when idle; ends an attempt
   * that
   * is under way; calls at the same time share one end.
   *
   * @throws RangeError for a `graceMs` that is none; after a loss, once, the cause of death.
   */
  disconnect({ graceMs = GRACE_MS }: DisconnectOptions = {}): Promise<void> {
    return nobodyMustCatch(() => this.#life.disconnect(graceMs));
  }

  /**
   * Ends the session now: nothing is flushed, what was pending rejects with `reason` as its cause; `idle` follows by
   * itself.
   */
  abort(reason: unknown = new DisconnectedError('Aborted by this side')): void {
    this.#life.abort(reason);
  }

  /** {@link disconnect} that never throws. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.disconnect().catch((error: unknown) => {
      this.log.debug(() => `disposed of after a loss: ${describeCause(error)}`);
    });
  }

  /** Log records, named by the connection. */
  protected get log(): NamedLog {
    return this.#life.log;
  }

  /** As log records and errors call it: `<QmpClient name='vm0' runstate=running>`. */
  toString(): string {
    const name = this.name === undefined ? '' : ` name='${this.name}'`;
    return `<${this.constructor.name}${name} runstate=${this.runstate}>`;
  }

  /**
   * Override it to shake hands: before `super.establishSession()` messages are taken one by one with {@link receive};
   * after it the object is `running` and {@link onMessage} gets them. Throwing makes the attempt fail.
   */
  protected establishSession(): Promise<void> {
    return nobodyMustCatch(async () => {
      const { session } = this.#handshake();
      this.#life.enter({ state: 'running', session });
      session.start();
    });
  }

  /**
   * The next message, while a session is being established.
   *
   * @param waitingFor what the text of a timeout says: 'the greeting'.
   */
  protected async receive(waitingFor = 'the next message'): Promise<In> {
    const { attempt, session } = this.#handshake('receive() is for establishSession()');
    const before = attempt.waitingFor;
    attempt.waitingFor = `${waitingFor} from ${session.description}`;
    try {
      return this.#life.inbound(await session.receive());
    } catch (error) {
      throw attempt.ending === undefined ? error : reasonOf(attempt.ending.end);
    } finally {
      attempt.waitingFor = before;
    }
  }

  /**
   * Queues a message, in order. A promise means that the peer is slow: whoever sends much waits for it, and it never
   * needs to be waited for otherwise.
   *
   * @throws StateError without a session; TypeError when the message cannot be encoded; what {@link onOutbound} throws.
   */
  protected send(message: Out): void | Promise<void> {
    const { session, log } = this.#life;
    if (session === undefined) throw this.#life.wrongState('running');
    const filtered = this.onOutbound(message);
    const written = session.send(filtered);
    if (log.wants('debug')) this.#life.record('-->', filtered);
    return written;
  }

  /** What was sent and the link has not taken yet; 0 without a session. Text counts by its characters. */
  protected get unsentBytes(): number {
    const { phase } = this.#life;
    return 'session' in phase ? phase.session.unwrittenBytes : 0;
  }

  /**
   * Takes a message that arrived. It is protocol code: throwing ends the session. The next message waits for a returned
   * promise, so it must not wait for a reply itself.
   */
  protected abstract onMessage(message: In): void | Promise<void>;

  /** Sees, and may replace, each message that arrives. One that throws is reported, and the message stays as it was. */
  protected onInbound(message: In): In {
    return message;
  }

  /** Sees, and may replace, each message before it is encoded; what it throws, `send` throws. */
  protected onOutbound(message: Out): Out {
    return message;
  }

  /** A message as log records show it, without secrets. */
  protected describeMessage(message: In | Out): string {
    return describeMessage(message);
  }

  /** Whether the peer was asked to end the session, so that this end of the link is no loss. */
  protected isExpectedEnd(_loss: Error): boolean {
    return false;
  }

  /** The session, or the attempt at one, is over and its transport closed: settle what still waits. */
  protected onSessionEnd(_end: SessionEnd): void {}

  /** @throws StateError when it stands elsewhere. */
  protected requireState(required: Runstate): void {
    this.#life.requireState(required);
  }

  /** The session that is being established, and for whom. */
  #handshake(hint?: string): { readonly session: Session<In, Out>; readonly attempt: Attempt } {
    const { session, attempt } = this.#life;
    if (this.runstate === 'connecting' && session !== undefined && attempt !== undefined) return { session, attempt };
    throw this.#life.wrongState('connecting', hint);
  }
}
