import type { Codec } from '../codecs/codec.ts';
import { ConnectError, type StateError } from '../errors/connection-errors.ts';
import { isEndOfLink } from '../errors/connection-lost.ts';
import { asError, describeCause } from '../errors/describe-cause.ts';
import { labelOf, NamedLog } from '../logging/named-log.ts';
import { checkTransition, type Runstate } from '../runstate/runstate.ts';
import type { Watchers } from '../runstate/runstate-watcher.ts';
import { stateError } from '../runstate/state-error.ts';
import type { Session, SessionOwner } from '../session/session.ts';
import type { Connector } from '../transport/connector.ts';
import { checkMilliseconds } from '../wait/deadline.ts';
import { Deferred } from '../wait/deferred.ts';
import type { AsyncProtocol } from './async-protocol.ts';
import type { Attempt, AttemptOwner } from './attempt.ts';
import { type Departure, type Ending, reasonOf } from './ending.ts';
import type { ProtocolOptions, SessionEnd } from './options.ts';
import type { Connecting, Disconnecting, Phase } from './phase.ts';

const IDLE = { state: 'idle' } as const;
const OPENING = { state: 'connecting' } as const;

/** The one writer of the state: every way into a session, and the one way out of it. */
export class Lifecycle<In, Out> implements AttemptOwner, SessionOwner<In> {
  readonly createCodec: () => Codec<In, Out>;
  readonly log: NamedLog;
  readonly #connector: Connector | undefined;
  /** Its hooks are called in brackets: they are protected from those who use a protocol, not from the life it lives. */
  readonly #protocol: AsyncProtocol<In, Out>;
  #phase: Phase<In, Out> = IDLE;
  #attempt: Attempt | undefined;
  /** Made when somebody asks, or at the end. */
  #closed: Deferred<SessionEnd> | undefined;
  /** Made when somebody watches. */
  #watchers: Watchers | undefined;

  constructor(protocol: AsyncProtocol<In, Out>, createCodec: () => Codec<In, Out>, options: ProtocolOptions) {
    this.#protocol = protocol;
    this.createCodec = createCodec;
    this.log = new NamedLog(protocol, options.logger);
    this.#connector = options.connector;
  }

  get phase(): Phase<In, Out> {
    return this.#phase;
  }

  /** What somebody waits for. */
  get attempt(): Attempt | undefined {
    return this.#attempt;
  }

  /** The one that is running, or is being established. */
  get session(): Session<In, Out> | undefined {
    return 'session' in this.#phase ? this.#phase.session : undefined;
  }

  get watchers(): Watchers {
    this.#watchers ??= new Set();
    return this.#watchers;
  }

  get closed(): Promise<SessionEnd> {
    return this.#closing.promise;
  }

  /** @throws TypeError where there is none. */
  get connector(): Connector {
    if (this.#connector !== undefined) return this.#connector;
    throw new TypeError(`${labelOf(this.#protocol)} has no connector: it takes ready-made transports only`);
  }

  /** Moves on to the next phase, of the same state or of one that may follow it. */
  enter(phase: Phase<In, Out>): void {
    const from = this.#phase.state;
    const to = phase.state;
    if (to !== from) checkTransition(from, to);
    this.#phase = phase;
    if (to === from) return;
    if (to === 'connecting' && this.#closed?.state === 'settled') this.#closed = undefined;
    for (const watcher of this.#watchers ?? []) watcher.tell(to);
    this.log.debug(() => `${from} -> ${to}`);
  }

  /** Works on an attempt until it is done or has failed; a failed one is cleaned up, back to `idle`, before it throws. */
  async carryOut(attempt: Attempt, work: () => Promise<void>, phase: Connecting<In, Out> = OPENING): Promise<void> {
    this.#attempt = attempt;
    this.enter(phase);
    work().then(
      () => this.#conclude(attempt),
      (error: unknown) => this.#conclude(attempt, { end: { kind: 'lost', error: asError(error) }, owner: 'attempt' }),
    );
    const ending = await attempt.settled;
    if (ending === undefined) return;
    await ending.closed.promise;
    const cause = reasonOf(ending.end);
    if (ending.owner === 'caller') throw cause;
    const failure = new ConnectError(`Failed to ${attempt.what}: ${describeCause(cause)}`, {
      phase: attempt.phase,
      cause,
    });
    this.log.error(() => failure.message, failure);
    throw failure;
  }

  /** @throws StateError when it stands elsewhere. */
  requireState(required: Runstate): void {
    if (this.#phase.state !== required) throw this.wrongState(required);
  }

  /** The error for a call that does not fit the state. */
  wrongState(required: Runstate, hint?: string): StateError {
    return stateError(labelOf(this.#protocol), this.#phase.state, required, hint);
  }

  /** Shakes hands on the session that was opened. */
  shakeHands(): Promise<void> {
    return this.#protocol['establishSession']();
  }

  deliver(message: In): void | Promise<void> {
    return this.#protocol['onMessage'](this.inbound(message));
  }

  /** A message that arrived, as the protocol's filter leaves it. */
  inbound(message: In): In {
    if (this.log.wants('debug')) this.record('<--', message);
    try {
      return this.#protocol['onInbound'](message);
    } catch (error) {
      this.log.failed('onInbound', error);
      return message;
    }
  }

  /** Logs a message, for which there is a reader. */
  record(direction: '<--' | '-->', message: In | Out): void {
    this.log.debug(() => `${direction} ${this.#protocol['describeMessage'](message)}`);
  }

  onFailure(error: Error): void {
    const end: SessionEnd = this.#isExpectedEnd(error) ? { kind: 'disconnected' } : { kind: 'lost', error };
    this.leave({ end, owner: this.#attempt === undefined ? 'nobody' : 'attempt' });
  }

  async disconnect(graceMs: number): Promise<void> {
    checkMilliseconds('graceMs', graceMs);
    if (this.#phase.state === 'idle') return;
    const ending = this.leave({ end: { kind: 'disconnected' }, owner: 'disconnect', graceMs });
    const end = await ending.closed.promise;
    this.#return(ending);
    if (end.kind === 'lost' && ending.owner === 'disconnect') throw end.error;
  }

  abort(reason: unknown): void {
    if (this.#phase.state === 'idle') return;
    const ending = this.leave({ end: { kind: 'aborted', reason }, owner: 'abort' });
    void ending.leaving?.abort(reason);
    if (ending.closed.state === 'settled') this.#return(ending);
  }

  /** Begins to leave, or joins those who do already. */
  leave(departure: Departure): Disconnecting<In, Out> {
    const phase = this.#phase;
    if (phase.state === 'disconnecting') {
      if (phase.owner === 'nobody') phase.owner = departure.owner;
      return phase;
    }
    const { end, owner, graceMs } = departure;
    const ending: Disconnecting<In, Out> = {
      state: 'disconnecting',
      end,
      owner,
      graceMs,
      closed: this.#closing,
      leaving: this.session,
    };
    this.enter(ending);
    this.#attempt?.settle(ending);
    this.#attempt = undefined;
    void this.#wayOut(phase, ending);
    return ending;
  }

  /** The work on an attempt is done, or has failed; one that was left before cares for neither. */
  #conclude(attempt: Attempt, failure?: Departure): void {
    if (this.#attempt !== attempt) return;
    if (failure !== undefined) {
      this.leave(failure);
      return;
    }
    this.#attempt = undefined;
    attempt.settle();
  }

  get #closing(): Deferred<SessionEnd> {
    this.#closed ??= new Deferred();
    return this.#closed;
  }

  /** Lets go of what the phase owns; resolves, once all of it is closed, with how the session really ended. */
  async #release(phase: Phase<In, Out>, ending: Departure): Promise<SessionEnd> {
    const { end, graceMs } = ending;
    if ('reception' in phase) await phase.reception.close(reasonOf(end));
    if (!('session' in phase)) return end;
    const { session } = phase;
    if (phase.state !== 'running' || graceMs === undefined) {
      await session.abort(reasonOf(end));
      return end;
    }
    const failure = await session.stop(graceMs);
    if (session.unwrittenBytes > 0) {
      this.log.warn(() => `${session.description} did not take the last ${session.unwrittenBytes} bytes`);
    }
    return failure === undefined || this.#isExpectedEnd(failure) ? end : { kind: 'lost', error: failure };
  }

  /** What breaks the protocol is never expected. */
  #isExpectedEnd(loss: Error): boolean {
    if (!isEndOfLink(loss)) return false;
    try {
      return this.#protocol['isExpectedEnd'](loss);
    } catch (error) {
      this.log.failed('isExpectedEnd', error);
      return false;
    }
  }

  async #wayOut(phase: Phase<In, Out>, ending: Ending): Promise<void> {
    let { end } = ending;
    try {
      end = await this.#release(phase, ending);
    } catch (error) {
      this.log.failed('clean-up', error);
    }
    // A failed attempt is told of as such.
    if (end.kind === 'lost' && ending.owner !== 'attempt') {
      const { message } = end.error;
      this.log.warn(() => `session lost: ${message}`);
    }
    try {
      this.#protocol['onSessionEnd'](end);
    } catch (error) {
      this.log.failed('onSessionEnd', error);
    }
    ending.closed.resolve(end);
    if (end.kind !== 'lost' || ending.owner !== 'nobody') this.#return(ending);
  }

  /** Back to `idle`, unless that has happened already. */
  #return(ending: Ending): void {
    if (this.#phase === ending) this.enter(IDLE);
  }
}
