import type { CallOptions } from '../wait/call-options.ts';
import { Attempt } from './attempt.ts';
import type { Lifecycle } from './lifecycle.ts';

/** What opens something should not take long. */
const OPENING_TIMEOUT_MS = 30_000;

/** How something is opened. */
export interface Opening<T> {
  /** What errors call it. */
  readonly what: string;
  /** What it waits for at first. */
  readonly waitingFor: string;
  /** Makes the first step; what it throws at once leaves nothing behind. */
  begin(attempt: Attempt): T;
  /** Makes use of what that opens. */
  goOn(attempt: Attempt, opening: T): Promise<void>;
}

/** Opens a link, or a listener, from `idle`. */
export function open<In, Out, T>(life: Lifecycle<In, Out>, options: CallOptions, opening: Opening<T>): Promise<void> {
  life.requireState('idle');
  const attempt = new Attempt(life, options, { ...opening, timeoutMs: OPENING_TIMEOUT_MS });
  try {
    const begun = opening.begin(attempt);
    return life.carryOut(attempt, () => opening.goOn(attempt, begun));
  } catch (error) {
    attempt.settle();
    throw error;
  }
}
