import type { QmpEvent } from '../schema/qapi-schema.ts';
import { EventHub } from './event-hub.ts';

interface Report {
  readonly error: unknown;
  readonly event: string;
}

/** A hub, what it has reported, and the loss that is in force for it. */
export function newHub(): { hub: EventHub; reports: Report[]; life: { loss: Error | undefined } } {
  const reports: Report[] = [];
  const life: { loss: Error | undefined } = { loss: undefined };
  const hub = new EventHub({
    lossInForce: () => life.loss,
    report: (error, { event: name }) => reports.push({ error, event: name }),
  });
  return { hub, reports, life };
}

let clock = 0;

/** An event, a second later than the one before. */
export function event(name: string, data?: { readonly [member: string]: number }): QmpEvent {
  clock += 1;
  return { event: name, timestamp: { seconds: clock, microseconds: 0 }, ...(data === undefined ? {} : { data }) };
}

/** The end of a session that was lost. */
export const LOST = { kind: 'lost', error: new Error('cable cut') } as const;
