import { checkMilliseconds } from '../wait/deadline.ts';
import type { ByteFaultOptions } from './fault-options.ts';

/** @throws RangeError for a seed, a rate, a place or a time that is none, naming it. */
export function checkFaultOptions<K extends string>(options: ByteFaultOptions<K>): void {
  const { seed = 0, rates = {}, at = {}, maxDelayMs } = options;
  if (!Number.isSafeInteger(seed)) throw new RangeError(`seed is ${String(seed)}; expected a whole number`);
  for (const [kind, rate] of Object.entries<number | undefined>(rates)) {
    if (rate === undefined || (rate >= 0 && rate <= 1)) continue;
    throw new RangeError(`rates.${kind} is ${String(rate)}; expected a probability, from 0 to 1`);
  }
  for (const [kind, place] of Object.entries<number | undefined>(at)) {
    if (place === undefined || (Number.isSafeInteger(place) && place >= 0)) continue;
    throw new RangeError(`at.${kind} is ${String(place)}; expected an offset, a whole number from 0 up`);
  }
  if (maxDelayMs !== undefined) checkMilliseconds('maxDelayMs', maxDelayMs);
}
