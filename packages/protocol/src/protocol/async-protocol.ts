import { describeAddress, type Address } from '../address/address.ts';
import type { Codec } from '../codecs/codec.ts';
import { DisconnectedError } from '../errors/connection-errors.ts';
import { describeCause } from '../errors/describe-cause.ts';
import { describeMessage } from '../logging/describe-message.ts';
import { NamedLog } from '../logging/named-log.ts';
import type { Runstate } from '../runstate/runstate.ts';
import { stateError } from '../runstate/state-error.ts';
import { Session } from '../session/session.ts';
import type { Connector, Listener } from '../transport/connector.ts';
import { isTransport, type Transport } from '../transport/transport.ts';
import type { CallOptions } from '../wait/call-options.ts';
import { Attempt } from './attempt.ts';
import { Lifecycle } from './lifecycle.ts';
import type { ConnectOptions, DisconnectOptions, ListenOptions, ProtocolOptions, SessionEnd } from './options.ts';
import { Reception } from './reception.ts';

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
  readonly #createCodec: () => Codec<In, Out>;
  readonly #connector: Connector | undefined;
  /** Log records, named by the connection. */
  protected readonly log: NamedLog;
  readonly #life: Lifecycle<In, Out>;

  /** @param codec makes the codec of one session. */
  protected constructor(codec: () => Codec<In, Out>, options: ProtocolOptions = {}) {
    this.#createCodec = codec;
    this.#connector = options.connector;
    this.name = options.name;
    this.log = new NamedLog(options.logger, () => this.#label);
    this.#life = new Lifecycle({
      log: this.log,
      isExpectedEnd: (loss) => this.isExpectedEnd(loss),
      onSessionEnd: (end) => this.onSessionEnd(end),
    });
  }

  /** Where it stands in its life cycle. */
  get runstate(): Runstate {
    return this.#life.phase.state;
  }

  /** Resolves with the next transition. */
  runstateChanged(): Promise<Runstate> {
    return this.#life.runstate.changed();
  }

  /** Every transition from now on; none is lost or merged. Leave the loop to stop watching. */
  runstates(): AsyncIterableIterator<Runstate, undefined> {
    return this.#life.runstate.watch();
  }

  /** How the current session ends, or how the latest one ended; a failed attempt counts as one. Never rejects. */
  get closed(): Promise<SessionEnd> {
    return this.#life.closed;
  }

  /** The other end of the current session, as its transport describes it: `unix:/run/vm.sock`. */
  get peer(): string | undefined {
    const { phase } = this.#life;
    return 'session' in phase ? phase.session.description : undefined;
  }

  /** Where `startServer` really listens (a port of 0 is resolved); undefined when it does not. */
  get listeningAt(): string | undefined {
    const { phase } = this.#life;
    return phase.state === 'connecting' && 'reception' in phase ? phase.reception.description : undefined;
  }

  /**
   * Opens a session as the dialing side; resolves once it is `running`.
   *
   * @throws AddressError and StateError before anything happens; `signal.reason`; ConnectError for everything else.
   */
  async connect(to: Address | Transport, options: ConnectOptions = {}): Promise<void> {
    this.requireState('idle');
    const target = isTransport(to) ? to.description : describeAddress(to);
    const waitingFor = `${target} to accept the connection`;
    const attempt = Attempt.toOpen(options, waitingFor);
    const onRetry = (error: Error): void => {
      attempt.waitingFor = `${waitingFor} (${error.message})`;
      this.log.debug(() => `dialing again: ${error.message}`);
    };
    const opening = attempt.start(() => {
      if (isTransport(to)) return Promise.resolve(to);
      return this.#requiredConnector.dial(to, { signal: attempt.signal, retry: options.retry, onRetry });
    });
    this.#life.enter({ state: 'connecting', step: 'opening', attempt });
    await this.#life.carryOut(attempt, `connect to ${target}`, this.#establish(attempt, opening));
  }

  /**
   * Listens for one peer; resolves, still `connecting`, once it does. The peer is taken in by {@link accept}; the
   * listener closes when it has come.
   *
   * @throws as {@link connect}.
   */
  async startServer(at: Address, options: ListenOptions = {}): Promise<void> {
    this.requireState('idle');
    const target = describeAddress(at);
    const attempt = Attempt.toOpen(options, `${target} to listen`);
    const opening = attempt.start(() => this.#requiredConnector.listen(at, { signal: attempt.signal }));
    this.#life.enter({ state: 'connecting', step: 'opening', attempt });
    await this.#life.carryOut(attempt, `listen at ${target}`, this.#listen(attempt, opening));
  }

  /**
   * Waits, as long as it takes unless told otherwise, for the peer of {@link startServer}; resolves once the session is
   * `running`. When it fails the listener is gone, too.
   *
   * @throws StateError without a `startServer` before it; otherwise as {@link connect}.
   */
  async accept(options: CallOptions = {}): Promise<void> {
    const { phase } = this.#life;
    if (phase.state !== 'connecting' || phase.step !== 'listening') {
      const hint = 'accept() takes the peer of a startServer() before it, once';
      throw stateError(this.#label, phase.state, ['connecting'], hint);
    }
    // Also an accept() that was called too late leaves no listener behind.
    if (options.signal?.aborted === true) {
      this.abort(options.signal.reason);
      await this.closed;
    }
    const { reception } = phase;
    const here = reception.description;
    const attempt = new Attempt(options, `a peer to connect to ${here}`);
    this.#life.enter({ state: 'connecting', step: 'accepting', reception, attempt });
    await this.#life.carryOut(attempt, `accept a peer at ${here}`, this.#establish(attempt, reception.peer));
  }

  /** {@link startServer}, then {@link accept}; the options hold for each of them. */
  async startServerAndAccept(at: Address, options: ListenOptions = {}): Promise<void> {
    await this.startServer(at, options);
    await this.accept(options);
  }

  /**
   * Ends the session: flushes what was sent, closes, and returns to `idle`. Does nothing when idle; ends an attempt that
   * is under way; calls at the same time share one end.
   *
   * @throws RangeError for a `graceMs` that is none; after a loss, once, the cause of death.
   */
  disconnect(options: DisconnectOptions = {}): Promise<void> {
    return this.#life.disconnect(options.graceMs ?? GRACE_MS);
  }

  /** Ends the session now: nothing is flushed, what was pending rejects with `reason` as its cause; `idle` follows by itself. */
  abort(reason: unknown = new DisconnectedError('Aborted by this side')): void {
    this.#life.abort(reason);
  }

  /** {@link disconnect} that never throws. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.disconnect().catch((error: unknown) => {
      this.log.debug(() => `disposed of after a loss: ${describeCause(error)}`);
    });
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
    const { phase } = this.#life;
    if (phase.state !== 'connecting' || phase.step !== 'establishing') {
      return Promise.reject(stateError(this.#label, phase.state, ['connecting']));
    }
    this.#life.enter({ state: 'running', session: phase.session, attempt: phase.attempt });
    phase.session.start();
    return Promise.resolve();
  }

  /**
   * The next message, while a session is being established.
   *
   * @param waitingFor what the text of a timeout says: 'the greeting'.
   */
  protected async receive(waitingFor = 'the next message'): Promise<In> {
    const { phase } = this.#life;
    if (phase.state !== 'connecting' || phase.step !== 'establishing') {
      throw stateError(this.#label, phase.state, ['connecting'], 'receive() is for establishSession()');
    }
    const { attempt, session } = phase;
    return this.#inbound(await attempt.waitFor(`${waitingFor} from ${session.description}`, session.receive()));
  }

  /**
   * Queues a message, in order. A promise means that the peer is slow: whoever sends much waits for it, and it never
   * needs to be waited for otherwise.
   *
   * @throws StateError without a session; TypeError when the message cannot be encoded; what {@link onOutbound} throws.
   */
  protected send(message: Out): void | Promise<void> {
    const { phase } = this.#life;
    if (!('session' in phase)) throw stateError(this.#label, phase.state, ['running']);
    const filtered = this.onOutbound(message);
    const written = phase.session.send(filtered);
    this.log.debug(() => `--> ${this.describeMessage(filtered)}`);
    return written;
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

  /** Whether the peer was asked to end the session, so that this loss is none. */
  protected isExpectedEnd(_loss: Error): boolean {
    return false;
  }

  /** The session, or the attempt at one, is over and its transport closed: settle what still waits. */
  protected onSessionEnd(_end: SessionEnd): void {}

  /** @throws StateError when it stands elsewhere. */
  protected requireState(required: Runstate): void {
    if (this.runstate !== required) throw stateError(this.#label, this.runstate, [required]);
  }

  get #label(): string {
    return this.name ?? this.constructor.name;
  }

  get #requiredConnector(): Connector {
    if (this.#connector !== undefined) return this.#connector;
    throw new TypeError(`${this.#label} was made without a connector: connect() takes a ready-made transport only`);
  }

  async #listen(attempt: Attempt, opening: Promise<Listener>): Promise<void> {
    const reception = new Reception(await opening);
    if (attempt.signal.aborted) await reception.close(attempt.signal.reason);
    else this.#life.enter({ state: 'connecting', step: 'listening', reception });
  }

  async #establish(attempt: Attempt, opening: Promise<Transport>): Promise<void> {
    const transport = await opening;
    if (attempt.signal.aborted) {
      transport.abort(attempt.signal.reason);
      return;
    }
    attempt.phase = 'session';
    attempt.waitingFor = `the session with ${transport.description} to be established`;
    const session = Session.open(transport, this.#createCodec, {
      deliver: (message) => this.onMessage(this.#inbound(message)),
      onFailure: (error) => this.#life.lose(error),
    });
    this.#life.enter({ state: 'connecting', step: 'establishing', session, attempt });
    await this.establishSession();
    if (this.runstate === 'connecting') throw new Error('establishSession() was overridden without a call of super');
  }

  #inbound(message: In): In {
    this.log.debug(() => `<-- ${this.describeMessage(message)}`);
    try {
      return this.onInbound(message);
    } catch (error) {
      this.log.error(() => `onInbound failed: ${describeCause(error)}`, error);
      return message;
    }
  }
}
