import type { Address } from '@qmp/protocol';

/** What the demo talks to. */
export interface Machine {
  readonly address: Address;
  /** How it was started, in a sentence or as a command line. */
  readonly startedBy: string;
  /** A file that both sides can reach, for pictures; undefined where there is no screen. */
  readonly screenFile: string | undefined;
  /** Fires when the machine is gone; its reason says why, in a sentence. */
  readonly gone: AbortSignal;
  /** What it complained of so far; empty where it did not. */
  readonly complaints: string;
  /** Ends it, if it has not ended by itself, and leaves nothing behind. */
  stop(): Promise<void>;
}
