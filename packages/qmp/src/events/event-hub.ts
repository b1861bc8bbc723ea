import { ConnectionLostError, describeCause, DisconnectedError, type SessionEnd } from '@qmp/protocol';
import { Deadline, ignore } from '@qmp/protocol/wait';
import { BoundedStream } from '@qmp/protocol/stream';
import type { QmpEvent } from '../schema/qapi-schema.ts';
import { EventHistory } from './event-history.ts';
import type { NextOptions, StreamOptions } from './events.ts';

const STREAM_LIMIT = 10_000;
const HISTORY_LIMIT = 256;

/** One who listens: a stream, a `next`, or a listener. */
interface Subscriber {
  take(event: QmpEvent): void;
  end(end: SessionEnd): void;
}

/** What the hub needs to know of its client. */
export interface EventHubOwner {
  /** The cause of death while the session is lost and `disconnect()` has not been called. */
  lossInForce(): Error | undefined;
  /** A listener has thrown. */
  report(error: unknown, event: QmpEvent): void;
}

const NOBODY: readonly Subscriber[] = [];

/** Where events go: from the session to everybody who listens, in order, at once. No listener can stop it. */
export class EventHub implements AsyncIterable<QmpEvent> {
  readonly #owner: EventHubOwner;
  readonly #history = new EventHistory<QmpEvent>(HISTORY_LIMIT);
  /** Copied on write: a listener may add and remove others while an event is dispatched. */
  #forAll: readonly Subscriber[] = NOBODY;
  readonly #forName = new Map<string, readonly Subscriber[]>();

  constructor(owner: EventHubOwner) {
    this.#owner = owner;
  }

  get history(): readonly QmpEvent[] {
    return this.#history.toArray();
  }

  dispatch(event: QmpEvent): void {
    this.#history.add(event);
    const forName = this.#forName.get(event.event) ?? NOBODY;
    const forAll = this.#forAll;
    for (const subscriber of forName) subscriber.take(event);
    for (const subscriber of forAll) subscriber.take(event);
  }

  /** The session is over: streams and waits end with it, listeners stay. */
  end(end: SessionEnd): void {
    const subscribers = new Set([...this.#forAll, ...[...this.#forName.values()].flat()]);
    for (const subscriber of subscribers) subscriber.end(end);
  }

  [Symbol.asyncIterator](): BoundedStream<QmpEvent> {
    return this.of();
  }

  of(...namesAndOptions: readonly (string | StreamOptions)[]): BoundedStream<QmpEvent> {
    const names = namesAndOptions.filter((entry) => typeof entry === 'string');
    const options = namesAndOptions.find((entry) => typeof entry === 'object') ?? {};
    if (Array.isArray(options)) throw new TypeError('of() takes the names one by one, not as an array');
    const stop = (): void => {
      this.#remove(names, subscriber);
      deadline.dispose();
    };
    const stream = new BoundedStream<QmpEvent>({ limit: options.limit ?? STREAM_LIMIT, onClose: stop });
    const deadline = new Deadline(
      { signal: options.signal },
      () => 'events',
      (reason) => {
        stop();
        stream.fail(reason);
      },
    );
    const subscriber: Subscriber = {
      take: (event) => stream.push(event),
      end: (end) => {
        stop();
        if (end.kind === 'disconnected') stream.end();
        else stream.fail(end.kind === 'lost' ? end.error : aborted(end.reason));
      },
    };
    this.#add(names, subscriber);
    return stream;
  }

  next(names: string | readonly string[], options: NextOptions<QmpEvent> = {}): Promise<QmpEvent> {
    const wanted = typeof names === 'string' ? [names] : [...names];
    const event = new Promise<QmpEvent>((resolve, reject) => {
      const what = wanted.length === 0 ? 'an event' : `the event ${wanted.join(' or ')}`;
      const stop = (): void => {
        this.#remove(wanted, subscriber);
        deadline.dispose();
      };
      const fail = (reason: unknown): void => {
        stop();
        reject(reason);
      };
      const deadline = new Deadline(options, () => what, fail);
      const subscriber: Subscriber = {
        take: (candidate) => {
          try {
            if (options.where !== undefined && !options.where(candidate)) return;
          } catch (error) {
            fail(error);
            return;
          }
          stop();
          resolve(candidate);
        },
        end: (end) => fail(interruption(what, end)),
      };
      this.#add(wanted, subscriber);
    });
    event.catch(ignore);
    return event;
  }

  on(names: string | readonly string[], listener: (event: QmpEvent) => unknown): Disposable {
    const wanted = typeof names === 'string' ? [names] : [...names];
    const report = (error: unknown, event: QmpEvent): void => this.#owner.report(error, event);
    const subscriber: Subscriber = {
      take: (event) => {
        try {
          const result = listener(event);
          if (result instanceof Promise) result.catch((error: unknown) => report(error, event));
        } catch (error) {
          report(error, event);
        }
      },
      end: ignore, // it goes on over all sessions
    };
    this.#add(wanted, subscriber);
    return { [Symbol.dispose]: () => this.#remove(wanted, subscriber) };
  }

  #add(names: readonly string[], subscriber: Subscriber): void {
    if (names.length === 0) this.#forAll = [...this.#forAll, subscriber];
    for (const name of new Set(names)) {
      this.#forName.set(name, [...(this.#forName.get(name) ?? NOBODY), subscriber]);
    }
    const loss = this.#owner.lossInForce();
    if (loss !== undefined) subscriber.end({ kind: 'lost', error: loss });
  }

  #remove(names: readonly string[], subscriber: Subscriber): void {
    // A dispatch that is under way still holds it.
    subscriber.take = ignore;
    if (names.length === 0) this.#forAll = this.#forAll.filter((other) => other !== subscriber);
    for (const name of names) {
      const left = (this.#forName.get(name) ?? NOBODY).filter((other) => other !== subscriber);
      if (left.length === 0) this.#forName.delete(name);
      else this.#forName.set(name, left);
    }
  }
}

function aborted(reason: unknown): DisconnectedError {
  return new DisconnectedError(`The session was aborted: ${describeCause(reason)}`, { cause: reason });
}

function interruption(what: string, end: SessionEnd): Error {
  if (end.kind === 'disconnected') return new DisconnectedError(`Disconnected while waiting for ${what}`);
  if (end.kind === 'aborted') return aborted(end.reason);
  const why = `The session was lost while waiting for ${what}: ${describeCause(end.error)}`;
  return new ConnectionLostError(why, { cause: end.error });
}
