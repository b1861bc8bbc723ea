import { UsageError } from './usage-error.ts';

const SECONDS = /^(?:\d+\.?\d*|\.\d+)$/;

/**
 * The milliseconds of an option in seconds, such as `2.5`.
 *
 * @throws UsageError for what is no such number, or 0: nothing can be done in no time.
 */
export function parseSeconds(option: string, text: string): number {
  const milliseconds = SECONDS.test(text) ? Number(text) * 1000 : 0;
  if (milliseconds > 0 && Number.isFinite(milliseconds)) return milliseconds;
  throw new UsageError(`${option} is ${JSON.stringify(text)}; expected a number of seconds above 0, such as 2.5`);
}
