import type { Timestamp } from '../../schema/qapi-schema.ts';

const NO_CLOCK: Timestamp = { seconds: -1, microseconds: -1 };

/** A time as events tell it. */
export function timestampOf(milliseconds: number | undefined): Timestamp {
  if (milliseconds === undefined) return NO_CLOCK;
  const seconds = Math.floor(milliseconds / 1_000);
  return { seconds, microseconds: Math.floor((milliseconds - seconds * 1_000) * 1_000) };
}
