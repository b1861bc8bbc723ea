import { ConnectError, ConnectionLostError, EndOfStreamError, type StateError } from '../errors/connection-errors.ts';
import { asError, describeCause } from '../errors/describe-cause.ts';
import { labelOf, type Named, type NamedLog } from '../logging/named-log.ts';
import { checkTransition, type Runstate } from '../runstate/runstate.ts';
import { RunstateWatchers } from '../runstate/runstate-watchers.ts';
import { stateError } from '../runstate/state-error.ts';
import type { SessionOwner } from '../session/session.ts';
import { checkMilliseconds } from '../wait/deadline.ts';
import { Deferred } from '../wait/deferred.ts';
import type { Attempt } from './attempt.ts';
import { type Departure, Ending } from './ending.ts';
import type { SessionEnd } from './options.ts';
import type { Connecting, Phase, Running } from './phase.ts';

/**
 * What a life cycle calls of the protocol that lives it. One table serves them all: functions of its own would cost each
 * of them more memory than a session takes.
 */
export interface ProtocolHooks<P, In> {
  /** Shakes hands; the session is `running` after it. */
  establishSession(protocol: P): Promise<void>;
  /** Takes a message that arrived; throwing ends the session. */
  deliver(protocol: P, message: In): void | Promise<void>;
  isExpectedEnd(protocol: P, loss: Error): boolean;
  onSessionEnd(protocol: P, end: SessionEnd): void;
}

const IDLE = { state: 'idle' } as const;

/** The one writer of the state: every way into a session, and the one way out of it. */
export class Lifecycle<P extends Named, In, Out> implements SessionOwner<In> {
  readonly log: NamedLog;
  readonly #protocol: P;
  readonly #hooks: ProtocolHooks<P, In>;
  #phase: Phase<In, Out> = IDLE;
  #attempt: Attempt | undefined;
  /** Made when somebody asks, or at the end. */
  #closed: Deferred<SessionEnd> | undefined;
  /** Made when somebody watches. */
  #watchers: RunstateWatchers | undefined;

  constructor(protocol: P, hooks: ProtocolHooks<P, In>, log: NamedLog) {
    this.#protocol = protocol;
    this.#hooks = hooks;
    this.log = log;
  }

  /** What errors call the protocol. */
  get label(): string {
    return labelOf(this.#protocol);
  }

  /** What somebody waits for. */
  get attempt(): Attempt | undefined {
    return this.#attempt;
  }

  get phase(): Phase<In, Out> {
    return this.#phase;
  }

  get watchers(): RunstateWatchers {
    this.#watchers ??= new RunstateWatchers();
    return this.#watchers;
  }

  get closed(): Promise<SessionEnd> {
    return this.#closing.promise;
  }

  /** Moves on to the next phase, of the same state or of one that may follow it. */
  enter(phase: Phase<In, Out>): void {
    const from = this.#phase.state;
    const to = phase.state;
    if (to !== from) checkTransition(from, to);
    this.#phase = phase;
    if (to === from) return;
    if (to === 'connecting' && this.#closed?.state === 'settled') this.#closed = undefined;
    this.#watchers?.tell(to);
    this.log.debug(() => `${from} -> ${to}`);
  }

  /** Moves on to the first phase of an attempt. */
  begin(attempt: Attempt, phase: Connecting<In, Out>): void {
    this.#attempt = attempt;
    this.enter(phase);
  }

  /**
   * Works on an attempt until it is done or has failed; a failed one is cleaned up, back to `idle`, before it throws.
   */
  async carryOut(attempt: Attempt, what: string, work: Promise<void>): Promise<void> {
    work.then(
      () => this.#succeed(attempt),
      (error: unknown) => this.#fail(attempt, error),
    );
    await attempt.settled;
    const { ending } = attempt;
    if (ending === undefined) return;
    await ending.closed.promise;
    this.#return(ending);
    const { owner, reason: cause } = ending;
    if (owner === 'caller') throw cause;
    const failure = new ConnectError(`Failed to ${what}: ${describeCause(cause)}`, { phase: attempt.phase, cause });
    this.log.error(() => failure.message, failure);
    throw failure;
  }

  /** The error for a call that does not fit the state. */
  wrongState(required: Runstate, hint?: string): StateError {
    return stateError(this.label, this.#phase.state, required, hint);
  }

  /** Shakes hands on the session that was opened. */
  shakeHands(): Promise<void> {
    return this.#hooks.establishSession(this.#protocol);
  }

  deliver(message: In): void | Promise<void> {
    return this.#hooks.deliver(this.#protocol, message);
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
    const phase = this.#phase;
    if (phase.state === 'disconnecting') void phase.leaving?.abort(reason);
    if (ending.closed.state === 'settled') this.#return(ending);
  }

  /** Begins to leave, or joins those who do already. */
  leave(departure: Departure): Ending {
    const phase = this.#phase;
    if (phase.state === 'idle') throw new Error('There is nothing to leave');
    if (phase.state === 'disconnecting') return phase.ending.join(departure);
    const ending = new Ending(departure, this.#closing);
    this.enter({ state: 'disconnecting', ending, leaving: 'session' in phase ? phase.session : undefined });
    this.#attempt?.settle(ending);
    this.#attempt = undefined;
    this.#release(phase, ending).then(
      (end) => this.#finish(ending, end),
      (error: unknown) => {
        this.log.error(() => `clean-up failed: ${describeCause(error)}`, error);
        this.#finish(ending, departure.end);
      },
    );
    return ending;
  }

  #succeed(attempt: Attempt): void {
    if (this.#attempt === attempt) this.#attempt = undefined;
    attempt.settle();
  }

  #fail(attempt: Attempt, reason: unknown): void {
    if (this.#attempt !== attempt) return;
    this.leave({ end: { kind: 'lost', error: asError(reason) }, owner: 'attempt' });
  }

  get #closing(): Deferred<SessionEnd> {
    this.#closed ??= new Deferred();
    return this.#closed;
  }

  /** Lets go of what the phase owns; resolves, once all of it is closed, with how the session really ended. */
  async #release(phase: Connecting<In, Out> | Running<In, Out>, ending: Ending): Promise<SessionEnd> {
    const { end, graceMs } = ending.departure;
    if ('reception' in phase) await phase.reception.close(ending.reason);
    if (!('session' in phase)) return end;
    const { session } = phase;
    if (phase.state !== 'running' || graceMs === undefined) {
      await session.abort(ending.reason);
      return end;
    }
    const failure = await session.stop(graceMs);
    if (session.unwrittenBytes > 0) {
      this.log.warn(() => `${session.unwrittenBytes} bytes were never sent: ${session.description} did not take them`);
    }
    return failure === undefined || this.#isExpectedEnd(failure) ? end : { kind: 'lost', error: failure };
  }

  /** What breaks the protocol is never expected. */
  #isExpectedEnd(loss: Error): boolean {
    if (!(loss instanceof EndOfStreamError || loss instanceof ConnectionLostError)) return false;
    try {
      return this.#hooks.isExpectedEnd(this.#protocol, loss);
    } catch (error) {
      this.log.error(() => `isExpectedEnd failed: ${describeCause(error)}`, error);
      return false;
    }
  }

  #finish(ending: Ending, end: SessionEnd): void {
    // A failed attempt is told of as such.
    if (end.kind === 'lost' && ending.owner !== 'attempt') {
      this.log.warn(() => `session lost: ${end.error.message}`);
    }
    try {
      this.#hooks.onSessionEnd(this.#protocol, end);
    } catch (error) {
      this.log.error(() => `onSessionEnd failed: ${describeCause(error)}`, error);
    }
    ending.closed.resolve(end);
    if (end.kind !== 'lost' || ending.owner !== 'nobody') this.#return(ending);
  }

  /** Back to `idle`, unless that has happened already. */
  #return(ending: Ending): void {
    const phase = this.#phase;
    if (phase.state === 'disconnecting' && phase.ending === ending) this.enter({ state: 'idle' });
  }
}
