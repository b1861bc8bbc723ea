import { type SessionEnd } from '@qmp/protocol';
import { Deferred } from '@qmp/protocol/wait';
import type { RpcReply } from './rpc-message.ts';

/** What became of a request: its reply, or the end of the session. */
export type RpcOutcome = RpcReply | SessionEnd;

/** The requests of one session that wait for their replies. */
export class OutgoingRequests {
  readonly #waiting = new Map<number, Deferred<RpcOutcome>>();
  #lastId = 0;

  /** A new id and what will become of the request that is sent with it. */
  open(): { readonly id: number; readonly outcome: Deferred<RpcOutcome> } {
    const id = ++this.#lastId;
    const outcome = new Deferred<RpcOutcome>();
    this.#waiting.set(id, outcome);
    return { id, outcome };
  }

  /** Nobody waits for the reply any more. */
  forget(id: number): void {
    this.#waiting.delete(id);
  }

  /** @returns whether anybody waited for the reply. */
  settle(reply: RpcReply): boolean {
    const waiting = typeof reply.id === 'number' ? this.#waiting.get(reply.id) : undefined;
    waiting?.resolve(reply);
    return waiting !== undefined;
  }

  /** The session is over: no reply will come. */
  end(end: SessionEnd): void {
    for (const waiting of this.#waiting.values()) waiting.resolve(end);
    this.#waiting.clear();
  }
}
