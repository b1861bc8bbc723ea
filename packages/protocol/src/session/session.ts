import type { Codec } from '../codecs/codec.ts';
import { asError } from '../errors/describe-cause.ts';
import { connectionLost, isEndOfLink } from '../errors/connection-lost.ts';
import type { Transport } from '../transport/transport.ts';
import { Deadline } from '../wait/deadline.ts';
import { Deferred } from '../wait/deferred.ts';
import { Incoming, type IncomingOwner } from './incoming.ts';
import { Outgoing, type OutgoingOwner } from './outgoing.ts';

/** What the bottom half may call of the upper half. */
export interface SessionOwner<In> {
  /** A message arrived; throwing ends the session, a promise holds the next message back. */
  deliver(message: In): void | Promise<void>;
  /** The session failed by itself; called once, with its first error, and not after `stop` or `abort`. */
  onFailure(error: Error): void;
}

/**
 * The bottom half: one transport, one codec, the loops between them, and the first error of either. The upper half can
 * queue messages and ask for the end; it never runs a loop itself.
 */
export class Session<In, Out> implements IncomingOwner<In>, OutgoingOwner {
  readonly #transport: Transport;
  readonly #codec: Codec<In, Out>;
  readonly #owner: SessionOwner<In>;
  readonly #incoming: Incoming<In>;
  readonly #outgoing: Outgoing;
  /** Made when somebody waits for the end, or at the end. */
  #over: Deferred<Error | undefined> | undefined;
  #state: 'open' | 'stopping' | 'over' = 'open';

  constructor(transport: Transport, codec: Codec<In, Out>, owner: SessionOwner<In>) {
    this.#transport = transport;
    this.#codec = codec;
    this.#owner = owner;
    this.#incoming = new Incoming(transport, codec);
    this.#outgoing = new Outgoing(transport, this);
  }

  /** The peer's address. */
  get description(): string {
    return this.#transport.description;
  }

  /** What was queued and never left, once the session is over. */
  get unwrittenBytes(): number {
    return this.#outgoing.unwrittenBytes;
  }

  /** The next message, before `start`. */
  receive(): Promise<In> {
    return this.#incoming.receive();
  }

  /** From now on messages are delivered to the owner. */
  start(): void {
    this.#incoming.run(this);
  }

  /**
   * Queues a message; a promise means that the peer is slow, and settles when it has caught up.
   *
   * @throws TypeError when the message cannot be encoded.
   */
  send(message: Out): void | Promise<void> {
    return this.#outgoing.push(this.#codec.encode(message));
  }

  /**
   * Flushes and closes, within `graceMs`; then whatever is left is dropped. Resolves when the session is over, with the
   * error that kept it from ending cleanly.
   *
   * @throws RangeError when `graceMs` is no number of milliseconds.
   */
  stop(graceMs: number): Promise<Error | undefined> {
    const deadline = new Deadline(
      { timeoutMs: graceMs },
      () => 'the peer to close',
      (reason) => this.#end(reason),
    );
    if (this.#state === 'open') {
      this.#state = 'stopping';
      this.#close().catch((cause: unknown) => this.#fail(connectionLost(this.description, cause)));
    }
    return this.#ending.promise.finally(() => deadline.dispose());
  }

  /** Ends it now; nothing is flushed. Resolves as `stop` does. */
  abort(reason: unknown): Promise<Error | undefined> {
    this.#end(reason);
    return this.#ending.promise;
  }

  deliver(message: In): void | Promise<void> {
    return this.#owner.deliver(message);
  }

  onReadEnd(error: unknown): void {
    // Once this side has said goodbye, the peer's is no news; what it keeps from being written, the writer tells.
    if (this.#state !== 'stopping' || !isEndOfLink(error)) this.#fail(error);
  }

  onFailure(error: Error): void {
    this.#fail(error);
  }

  get #ending(): Deferred<Error | undefined> {
    this.#over ??= new Deferred();
    return this.#over;
  }

  async #close(): Promise<void> {
    await this.#outgoing.flush();
    // A peer that goes on writing, or a delivery that waits for this very end, must not hold it up.
    this.#incoming.stop();
    await this.#transport.close();
    this.#end(undefined);
  }

  #fail(thrown: unknown): void {
    if (this.#state === 'over') return;
    const error = asError(thrown);
    const wasOpen = this.#state === 'open';
    this.#end(error, error);
    if (wasOpen) this.#owner.onFailure(error);
  }

  #end(reason: unknown, failure?: Error): void {
    if (this.#state === 'over') return;
    this.#state = 'over';
    this.#incoming.stop();
    this.#outgoing.stop(reason);
    this.#ending.resolve(failure);
    this.#transport.abort(reason);
  }
}
