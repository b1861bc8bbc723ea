import type { CommandRequest } from './command-request.ts';
import { type ReplyKey, NO_ID } from './reply-key.ts';

const FIRST_CAPACITY = 16;

/** Of all who have sent nothing yet. It is never written to: the first request makes it grow, that is, be replaced. */
const NO_RING: (CommandRequest | undefined)[] = [];

/**
 * Requests that wait for their reply, by id. Those with an id of ours, handed out one after the other, lie in a ring: a
 * Map would take longer, and tables that it has outgrown keep what they held alive from one garbage collection to the
 * next.
 */
export class SentRequests {
  /** A power of two, at least half of it free; nothing before the first request. */
  #ring = NO_RING;
  #inRing = 0;
  #lastId = 0;
  /** Few have any. */
  #others: Map<ReplyKey, CommandRequest> | undefined;

  /** The next id that nobody uses. */
  takeId(): number {
    // A place that is taken belongs to a request that has waited for long: its successor's id is skipped.
    do this.#lastId += 1;
    while (this.#ring[this.#slot(this.#lastId)] !== undefined || this.#others?.has(this.#lastId) === true);
    return this.#lastId;
  }

  get(key: ReplyKey): CommandRequest | undefined {
    if (typeof key === 'number') {
      const request = this.#ring[this.#slot(key)];
      if (request?.message.id === key) return request;
    }
    return this.#others?.get(key);
  }

  /** Adds a request whose key nobody uses. */
  add(key: ReplyKey, request: CommandRequest): void {
    if (request.hasAssignedId) {
      if (this.#inRing * 2 >= this.#ring.length) this.#grow();
      this.#ring[this.#slot(key as number)] = request;
      this.#inRing += 1;
    } else {
      this.#others ??= new Map();
      this.#others.set(key, request);
    }
  }

  delete(key: ReplyKey): void {
    if (this.#others?.delete(key) === true) return;
    this.#ring[this.#slot(key as number)] = undefined;
    this.#inRing -= 1;
  }

  /** Whether a reply without an id can belong to one of them. */
  get expectReplyWithoutId(): boolean {
    return this.#others?.has(NO_ID) === true;
  }

  /** Takes them all out, those with an id of ours first, in the order of their ids. */
  takeAll(): CommandRequest[] {
    const inRing = this.#ring.filter((request) => request !== undefined);
    inRing.sort((one, other) => Number(one.message.id) - Number(other.message.id));
    const all = [...inRing, ...(this.#others?.values() ?? [])];
    this.#ring.fill(undefined);
    this.#inRing = 0;
    this.#others = undefined;
    return all;
  }

  #slot(id: number): number {
    return id & (this.#ring.length - 1);
  }

  #grow(): void {
    const requests = this.#ring;
    this.#ring = new Array<CommandRequest | undefined>(Math.max(FIRST_CAPACITY, requests.length * 2));
    for (const request of requests) {
      if (request !== undefined) this.#ring[this.#slot(request.message.id as number)] = request;
    }
  }
}
