import { Deferred } from '@qmp/protocol/wait';

import type { Inbound } from '../codec/inbound.ts';
import { asksToOvertake } from './request.ts';

/** While out-of-band execution is enabled QEMU reads no further once so many wait for the one that is carried out. */
const MOST_WAITING = 8;

/** More do not overtake at the same time, where each takes its time. */
const MOST_OVERTAKING = 8;

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
  #overtaking = 0;
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
    if (this.#state === 'idle' && this.#unread.length === 0 && this.#mayRead) {
      if (this.#overtakes(inbound)) this.#overtake(inbound);
      else this.#carryOut(inbound);
      return;
    }
    this.#unread.push(inbound);
    this.#unreadBytes += sizeOf(inbound);
    this.#readAhead();
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

  #carryOut(inbound: Inbound): void {
    this.#state = 'busy';
    const pending = this.#worker.answer(inbound) ?? this.#worker.room;
    if (pending === undefined) this.#onDone();
    else {
      void pending.then(() => {
        this.#onDone();
        this.#goOn();
      });
    }
  }

  #onDone(): void {
    this.#finished?.resolve();
    if (this.#state === 'busy') this.#state = 'idle';
  }

  #overtake(inbound: Inbound): void {
    const pending = this.#worker.answer(inbound);
    if (pending === undefined) return;
    this.#overtaking++;
    void pending.then(() => {
      this.#overtaking--;
      this.#readAhead();
      this.#goOn();
    });
  }

  /** Carries out what waits, as long as nothing takes its time. */
  #goOn(): void {
    while (this.#state === 'idle') {
      const next = this.#waiting.shift() ?? this.#readNext();
      if (next === undefined) return;
      // Its place among those who wait may be taken before it is carried out.
      this.#state = 'busy';
      this.#readAhead();
      this.#carryOut(next);
    }
  }

  /** Reads until there is something to carry out. */
  #readNext(): Inbound | undefined {
    while (this.#mayRead) {
      const inbound = this.#read();
      if (inbound === undefined || !this.#overtakes(inbound)) return inbound;
      this.#overtake(inbound);
    }
    return undefined;
  }

  /** Reads what QEMU would read while a request is carried out. */
  #readAhead(): void {
    while (this.#state === 'busy' && this.#worker.takesOutOfBand && this.#mayRead) {
      const inbound = this.#read();
      if (inbound === undefined) return;
      if (this.#overtakes(inbound)) this.#overtake(inbound);
      else this.#waiting.push(inbound);
    }
  }

  #read(): Inbound | undefined {
    const inbound = this.#unread.shift();
    if (inbound !== undefined) this.#unreadBytes -= sizeOf(inbound);
    if (this.#unreadBytes <= MOST_UNREAD_BYTES) {
      this.#room?.resolve();
      this.#room = undefined;
    }
    return inbound;
  }

  get #mayRead(): boolean {
    return this.#waiting.length < MOST_WAITING && this.#overtaking < MOST_OVERTAKING;
  }

  #overtakes(inbound: Inbound): boolean {
    return this.#worker.takesOutOfBand && inbound.kind === 'value' && asksToOvertake(inbound.value);
  }
}

function sizeOf(inbound: Inbound): number {
  return inbound.kind === 'value' ? Math.max(inbound.byteLength, LEAST_BYTES) : LEAST_BYTES;
}
