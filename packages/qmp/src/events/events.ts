import type { CallOptions } from '@qmp/protocol';
import type { BoundedStream } from '@qmp/protocol/stream';
import type { AnyEvent, EventName, QapiSchema, QmpEvent } from '../schema/qapi-schema.ts';

/** The event of a schema that a name stands for; any event for no name. */
export type EventOf<S extends QapiSchema, N extends EventName<S>> = [N] extends [never]
  ? AnyEvent<S>
  : { [K in N]: QmpEvent<K, S['events'][K]> }[N];

/** An independent stream of events; leaving its loop, `return()` and disposal end it. `lost` counts what it dropped. */
export type EventStream<T> = BoundedStream<T>;

/** How a stream of events is made. */
export interface StreamOptions {
  /** How many unread events it holds before the oldest go; 10,000 unless told otherwise. */
  readonly limit?: number | undefined;
  /** Ends the stream: its loop throws `signal.reason`. */
  readonly signal?: AbortSignal | undefined;
}

/** How {@link Events.next} waits. */
export interface NextOptions<T> extends CallOptions {
  /** Which of the named events counts; one that throws makes the call reject. */
  readonly where?: ((event: T) => boolean) | undefined;
}

/**
 * The events of a client. Each way to listen starts with its call, not with the first `await`, so that listening before
 * sending a command misses nothing. An event that stood before a reply is seen before that reply's caller goes on.
 */
export interface Events<S extends QapiSchema> extends AsyncIterable<AnyEvent<S>> {
  /**
   * A stream of the named events, of all without names; options come last. When the session is lost it gives what is
   * unread and throws the cause; after `disconnect()` it ends.
   *
   * @throws RangeError for a `limit` below 1.
   */
  of<const N extends EventName<S>>(
    ...namesAndOptions: [...names: N[], options: StreamOptions]
  ): EventStream<EventOf<S, N>>;
  // The compiler explains why the last one does not fit.
  /** The same, without options. */
  of<const N extends EventName<S>>(...names: N[]): EventStream<EventOf<S, N>>;

  /**
   * The next such event, any for an empty list. Rejects when the session ends before it has come; never an unhandled
   * rejection.
   *
   * @throws `signal.reason`, TimeoutError, what `where` throws, DisconnectedError after an own `disconnect()`, and
   *   ConnectionLostError, with the cause of death as its cause, after a loss.
   */
  next<const N extends EventName<S>>(
    names: N | readonly N[],
    options?: NextOptions<EventOf<S, N>>,
  ): Promise<EventOf<S, N>>;

  /**
   * Calls the listener for each such event, for every one with an empty list, over all sessions, until the result is
   * disposed of. One that throws or rejects is reported to the log.
   */
  on<const N extends EventName<S>>(names: N | readonly N[], listener: (event: EventOf<S, N>) => unknown): Disposable;

  /** The last 256 events, newest last. */
  readonly history: readonly AnyEvent<S>[];
}
