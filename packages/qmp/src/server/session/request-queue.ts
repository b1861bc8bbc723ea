import { Deferred } from '@qmp/protocol';

import type { Inbound } from '../codec/inbound.ts';
import { asksToOvertake } from './request.ts';

/** While out-of-band execution is enabled QEMU reads no further once so many wait for the one that is carried out. */
const MOST_WAITING = 8;

/** More than this is not taken off the link in advance. */
const MOST_UNREAD_BYTES = 256 * 1024;
/** What a short message counts for. */
const LEAST_BYTES = 256;

/** Who carries requests out. */
export interface RequestWorker {
  /** Whether out-of-band execution is enabled. */
  readonly takesOutOfBand: boolean;
  /** Answers a request; a promise means that it is not done yet. Neither throws nor rejects. */
  answer(inbound: Inbound): void | Promise<void>;
  /** Settles when there is room for more replies; `undefined` while there is. */
  readonly room: Promise<void> | undefined;
}

/**
 * The order of requests, which is QEMU's: one after the other, but that those out-of-band overtake, until so many wait
 * that QEMU would read no further. What it would not have read yet is kept here, within bounds: so it is noticed when a
 * client goes while its request is being carried out.
 */
export class RequestQueue {
  readonly #worker: RequestWorker;
  /** Read, and to be carried out in this order. */
  readonly #waiting: Inbound[] = [];
  /** Not read yet, as QEMU would have it. */
  readonly #unread: Inbound[] = [];
  #unreadBytes = 0;
  #state: 'idle' | 'busy' | 'stopped' = 'idle';
  /** Set while nothing more is taken off the link. */
  #room: Deferred<void> | undefined;
  /** Set while somebody waits for the request that is being carried out. */
  #finished: Deferred<void> | undefined;

  constructor(worker: RequestWorker) {
    this.#worker = worker;
  }

  /** Takes what a client sent; a promise means that the rest of it must wait. */
  push(inbound: Inbound): void | Promise<void> {
    if (this.#state === 'stopped') return;
    if (this.#state === 'idle') {
      if (this.#overtakes(inbound)) void this.#worker.answer(inbound);
      else this.#carryOut(inbound);
      return;
    }
    this.#unread.push(inbound);
    this.#unreadBytes += sizeOf(inbound);
    this.#read();
    if (this.#unreadBytes <= MOST_UNREAD_BYTES) return;
    this.#room ??= new Deferred();
    return this.#room.promise;
  }

  /** Carries out nothing more. A promise means that one is under way, and settles when it is done. */
  stop(): Promise<void> | undefined {
    if (this.#state === 'busy') this.#finished ??= new Deferred();
    this.#state = 'stopped';
    this.#waiting.length = 0;
    this.#unread.length = 0;
    this.#room?.resolve();
    return this.#finished?.promise;
  }

  /** Carries out a request, and those that wait behind it. */
  #carryOut(first: Inbound): void {
    for (let next: Inbound | undefined = first; next !== undefined; next = this.#next()) {
      this.#state = 'busy';
      const pending = this.#worker.answer(next) ?? this.#worker.room;
      if (pending !== undefined) {
        void pending.then(() => {
          const following = this.#next();
          if (following !== undefined) this.#carryOut(following);
        });
        return;
      }
    }
  }

  /** The request before it is done. */
  #next(): Inbound | undefined {
    this.#finished?.resolve();
    if (this.#state === 'stopped') return undefined;
    this.#state = 'idle';
    this.#read();
    const next = this.#waiting.shift();
    // The place that it leaves may be taken at once.
    this.#state = 'busy';
    this.#read();
    if (next === undefined) this.#state = 'idle';
    return next;
  }

  /** Reads what QEMU would read now. */
  #read(): void {
    while (this.#unread.length > 0 && this.#mayRead) {
      const inbound = this.#unread.shift();
      if (inbound === undefined) break;
      this.#unreadBytes -= sizeOf(inbound);
      if (this.#overtakes(inbound)) void this.#worker.answer(inbound);
      else this.#waiting.push(inbound);
    }
    if (this.#unreadBytes > MOST_UNREAD_BYTES) return;
    this.#room?.resolve();
    this.#room = undefined;
  }

  get #mayRead(): boolean {
    if (this.#worker.takesOutOfBand) return this.#waiting.length < MOST_WAITING;
    return this.#state === 'idle' && this.#waiting.length === 0;
  }

  #overtakes(inbound: Inbound): boolean {
    return this.#worker.takesOutOfBand && inbound.kind === 'value' && asksToOvertake(inbound.value);
  }
}

function sizeOf(inbound: Inbound): number {
  return inbound.kind === 'value' ? Math.max(inbound.byteLength, LEAST_BYTES) : LEAST_BYTES;
}
