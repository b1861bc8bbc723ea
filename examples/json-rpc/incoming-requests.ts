import { ProtocolError } from '@qmp/protocol';
import { stringifyJson } from '@qmp/protocol/codecs';
import type { RpcId } from './rpc-message.ts';

/** A peer that has asked this much, and has not taken the replies, is not going to. */
const MOST_REPLIES_OWED = 10_000;

/** What the peer has asked for, in one session, and has no reply to yet. */
export class IncomingRequests {
  readonly #inProgress = new Map<string, AbortController>();
  #repliesOwed = 0;

  /** Begins to work on a request; the signal aborts when the peer cancels it and when the session ends. */
  begin(id: RpcId): AbortSignal {
    const controller = new AbortController();
    this.#inProgress.set(stringifyJson(id), controller);
    return controller.signal;
  }

  /** The peer does not want the reply any more. */
  cancel(id: RpcId, reason: unknown): void {
    this.#inProgress.get(stringifyJson(id))?.abort(reason);
  }

  /** The reply is known. */
  finish(id: RpcId): void {
    this.#inProgress.delete(stringifyJson(id));
  }

  /** @throws ProtocolError when the peer asks on and on without taking the replies. */
  owe(replies: number): void {
    this.#repliesOwed += replies;
    if (this.#repliesOwed <= MOST_REPLIES_OWED) return;
    throw new ProtocolError(`The peer has more than ${MOST_REPLIES_OWED} requests without a reply`);
  }

  /** The replies have left. */
  pay(replies: number): void {
    this.#repliesOwed -= replies;
  }

  /** The session is over: nobody waits for replies any more. */
  end(reason: unknown): void {
    for (const controller of this.#inProgress.values()) controller.abort(reason);
  }
}
