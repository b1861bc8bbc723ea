import type { Output } from './terminal.ts';

const USUAL = 100;
/** Longer lines are hard to read. */
const WIDEST = 120;

/** How long the lines of a text should be, in characters. */
export function textWidth({ columns }: Output): number {
  return Math.min(columns ?? USUAL, WIDEST);
}
