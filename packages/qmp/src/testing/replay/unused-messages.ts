import { describeMessage } from '@qmp/protocol';

import type { NumberedEntry } from '../recording/read-recording.ts';
import { ReplayError } from './replay-error.ts';
import { isProbe } from './session-script.ts';

/** What the client sent when it was recorded, and has not sent again. */
export class UnusedMessages {
  #count = 0;
  #first: NumberedEntry | undefined;

  /** Counts those of the client among some entries. */
  add(entries: readonly NumberedEntry[]): void {
    for (const next of entries) {
      const { entry } = next;
      if (entry.kind === 'header' || entry.kind === 'end' || entry.from === 'server') continue;
      if (entry.kind === 'message' && isProbe(entry.message)) continue;
      this.#count += 1;
      this.#first ??= next;
    }
  }

  /** @throws ReplayError where there are any. */
  check(): void {
    if (this.#first === undefined) return;
    const { line, entry } = this.#first;
    const message = describeMessage(entry.kind === 'message' ? entry.message : entry);
    const [what, them] = this.#count === 1 ? ['message', 'it is'] : ['messages', 'the first is'];
    throw new ReplayError(
      `Replay: ${this.#count} ${what} of the recorded client did not come again; ${them} ${message} (line ${line} of the recording)`,
      { line },
    );
  }
}
