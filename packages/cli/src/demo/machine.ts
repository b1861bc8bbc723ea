import { once } from 'node:events';

import { type Address } from '@qmp/protocol';
import { ignore } from '@qmp/protocol/wait';

/** What the demo talks to. */
export interface Machine {
  readonly address: Address;
  /** How it was started: a command line, where there is one. */
  readonly startedBy: string;
  /** A file that both sides can reach, for pictures; undefined where there is no screen. */
  readonly screenFile: string | undefined;
  /** Fires when the machine has ended; its reason says how, in a sentence. */
  readonly gone: AbortSignal;
  /** What it complained of so far; empty where it did not. */
  readonly complaints: string;
  /** Ends it, if it has not ended by itself, and leaves nothing behind. */
  stop(): Promise<void>;
}

/** Waits until the machine has ended, but no longer than so many milliseconds. */
export async function awaitGone(machine: Machine, patienceMs: number): Promise<void> {
  if (machine.gone.aborted) return;
  await once(machine.gone, 'abort', { signal: AbortSignal.timeout(patienceMs) }).catch(ignore);
}
