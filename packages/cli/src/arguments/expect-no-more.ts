import { UsageError } from './usage-error.ts';

/** @throws UsageError when a word is left. */
export function expectNoMore([word]: readonly string[], expected: string): void {
  if (word !== undefined) throw new UsageError(`${JSON.stringify(word)} is one word too many; expected ${expected}`);
}
