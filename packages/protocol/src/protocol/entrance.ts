import { describeAddress, type Address } from '../address/address.ts';
import type { Codec } from '../codecs/codec.ts';
import type { Named } from '../logging/named-log.ts';
import { Session } from '../session/session.ts';
import type { Connector, Listener } from '../transport/connector.ts';
import { isTransport, type Transport } from '../transport/transport.ts';
import type { CallOptions } from '../wait/call-options.ts';
import { Attempt } from './attempt.ts';
import type { Lifecycle } from './lifecycle.ts';
import type { ConnectOptions, ListenOptions } from './options.ts';
import { Reception } from './reception.ts';

const OPENING_TIMEOUT_MS = 30_000;

/** What sessions are made of. */
export interface SessionParts<In, Out> {
  /** Makes the codec of one session. */
  readonly createCodec: () => Codec<In, Out>;
  readonly connector: Connector | undefined;
}

/** Every way into a session: as the dialing side, on a ready-made transport, and as the listening side. */
export class Entrance<P extends Named, In, Out> {
  readonly #life: Lifecycle<P, In, Out>;
  readonly #parts: SessionParts<In, Out>;

  constructor(life: Lifecycle<P, In, Out>, parts: SessionParts<In, Out>) {
    this.#life = life;
    this.#parts = parts;
  }

  connect(to: Address | Transport, options: ConnectOptions): Promise<void> {
    this.#requireIdle();
    const target = isTransport(to) ? to.description : describeAddress(to);
    const waitingFor = `${target} to accept the connection`;
    const attempt = this.#attemptToOpen(options, waitingFor);
    const onRetry = (error: Error): void => {
      attempt.waitingFor = `${waitingFor} (${error.message})`;
      this.#life.log.debug(() => `dialing again: ${error.message}`);
    };
    const opening = attempt.start(() => {
      if (isTransport(to)) return to;
      return this.#requiredConnector.dial(to, { signal: attempt.signal, retry: options.retry, onRetry });
    });
    this.#life.begin(attempt, { state: 'connecting', step: 'opening' });
    return this.#life.carryOut(attempt, `connect to ${target}`, this.#establish(attempt, opening));
  }

  startServer(at: Address, options: ListenOptions): Promise<void> {
    this.#requireIdle();
    const target = describeAddress(at);
    const attempt = this.#attemptToOpen(options, `${target} to listen`);
    const opening = attempt.start(() => this.#requiredConnector.listen(at, { signal: attempt.signal }));
    this.#life.begin(attempt, { state: 'connecting', step: 'opening' });
    return this.#life.carryOut(attempt, `listen at ${target}`, this.#listen(attempt, opening));
  }

  async accept(options: CallOptions): Promise<void> {
    const { phase } = this.#life;
    if (phase.state !== 'connecting' || phase.step !== 'listening') {
      const hint = 'accept() takes the peer of a startServer() before it, once';
      throw this.#life.wrongState('connecting', hint);
    }
    // Also an accept() that was called too late leaves no listener behind.
    if (options.signal?.aborted === true) {
      this.#life.abort(options.signal.reason);
      await this.#life.closed;
    }
    const { reception } = phase;
    const here = reception.description;
    const attempt = this.#attempt(options, `a peer to connect to ${here}`);
    this.#life.begin(attempt, { state: 'connecting', step: 'accepting', reception });
    await this.#life.carryOut(attempt, `accept a peer at ${here}`, this.#establish(attempt, reception.peer));
  }

  #requireIdle(): void {
    if (this.#life.phase.state !== 'idle') throw this.#life.wrongState('idle');
  }

  /** An attempt that opens something, which should not take long. */
  #attemptToOpen({ signal, timeoutMs = OPENING_TIMEOUT_MS }: CallOptions, waitingFor: string): Attempt {
    return this.#attempt({ signal, timeoutMs }, waitingFor);
  }

  #attempt({ signal, timeoutMs }: CallOptions, waitingFor: string): Attempt {
    return new Attempt({ signal, timeoutMs, waitingFor, leave: (departure) => void this.#life.leave(departure) });
  }

  get #requiredConnector(): Connector {
    const { connector } = this.#parts;
    if (connector !== undefined) return connector;
    throw new TypeError(
      `${this.#life.label} was made without a connector: connect() takes a ready-made transport only`,
    );
  }

  async #listen(attempt: Attempt, opening: Promise<Listener>): Promise<void> {
    const reception = new Reception(await opening);
    if (attempt.ending !== undefined) await reception.close(attempt.ending.reason);
    else this.#life.enter({ state: 'connecting', step: 'listening', reception });
  }

  async #establish(attempt: Attempt, opening: Transport | Promise<Transport>): Promise<void> {
    const transport = await opening;
    if (attempt.ending !== undefined) return transport.abort(attempt.ending.reason);
    attempt.phase = 'session';
    attempt.waitingFor = `the session with ${transport.description} to be established`;
    const session = Session.open(transport, this.#parts.createCodec, this.#life);
    this.#life.enter({ state: 'connecting', step: 'establishing', session });
    await this.#life.shakeHands();
    if (this.#life.phase.state === 'connecting') {
      throw new Error('establishSession() was overridden without a call of super');
    }
    this.#life.log.info(() => `connected to ${transport.description}`);
  }
}
