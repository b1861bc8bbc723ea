import type { JsonObject } from '@qmp/protocol/codecs';

import type { WrittenMessage } from '../codec/outbound.ts';
import type { Clock } from './clock.ts';

const PERIOD_MS = 1_000;

/** The events that QEMU does not send more often than once a second, each with the member that tells sources apart. */
const LIMITED: ReadonlyMap<string, string | undefined> = new Map([
  ['BALLOON_CHANGE', undefined],
  ['BLOCK_IO_ERROR', 'qom-path'],
  ['HV_BALLOON_STATUS_REPORT', undefined],
  ['MEMORY_DEVICE_SIZE_CHANGE', 'qom-path'],
  ['QUORUM_FAILURE', undefined],
  ['QUORUM_REPORT_BAD', 'node-name'],
  ['RTC_CHANGE', undefined],
  ['VSERPORT_CHANGE', 'id'],
  ['WATCHDOG', undefined],
]);

/** A source of events that has sent one less than a second ago. */
interface Period {
  timer: Disposable;
  /** The last one since; those before it are lost. */
  held: WrittenMessage | undefined;
}

/** Limits how often events are sent as QEMU does: the first at once, and of those that follow the last, a second later. */
export class EventRates implements Disposable {
  readonly #clock: Clock;
  readonly #send: (event: WrittenMessage) => void;
  readonly #periods = new Map<string, Period>();

  constructor(clock: Clock, send: (event: WrittenMessage) => void) {
    this.#clock = clock;
    this.#send = send;
  }

  /** Sends the event now, later, or not at all. */
  pass(name: string, data: JsonObject | undefined, event: WrittenMessage): void {
    const source = sourceOf(name, data);
    const period = source === undefined ? undefined : this.#periods.get(source);
    if (period !== undefined) {
      period.held = event;
      return;
    }
    if (source !== undefined) this.#periods.set(source, { timer: this.#wait(source), held: undefined });
    this.#send(event);
  }

  /** Sends nothing any more. */
  [Symbol.dispose](): void {
    for (const { timer } of this.#periods.values()) timer[Symbol.dispose]();
    this.#periods.clear();
  }

  #wait(source: string): Disposable {
    return this.#clock.schedule(PERIOD_MS, () => this.#onEnd(source));
  }

  #onEnd(source: string): void {
    const period = this.#periods.get(source);
    if (period?.held === undefined) {
      this.#periods.delete(source);
      return;
    }
    const { held } = period;
    period.held = undefined;
    period.timer = this.#wait(source);
    this.#send(held);
  }
}

/** `undefined` where there is no limit: QEMU does not hold back what has stopped the machine, either. */
function sourceOf(name: string, data: JsonObject | undefined): string | undefined {
  if (!LIMITED.has(name) || (name === 'BLOCK_IO_ERROR' && data?.['action'] === 'stop')) return undefined;
  const member = LIMITED.get(name);
  return member === undefined ? name : JSON.stringify([name, data?.[member]]);
}
