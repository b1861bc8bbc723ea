import type { Entry } from '../transcript.ts';
import { RULES } from './rules.ts';

/** The entries of a session without the differences that do not count. */
export function normalise(entries: readonly Entry[]): readonly Entry[] {
  let result = entries;
  for (const rule of RULES) result = rule.apply(result);
  return result;
}
