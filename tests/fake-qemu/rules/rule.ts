import type { Entry } from '../transcript.ts';

/** A difference between QEMU and its double that does not count, and why. */
export interface Rule {
  readonly reason: string;
  /** A session without it. */
  apply(entries: readonly Entry[]): readonly Entry[];
}
