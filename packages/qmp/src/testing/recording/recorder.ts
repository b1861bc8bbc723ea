import { asError, describeCause } from '@qmp/protocol';
import { type Frame, JsonFramer, redactSecrets } from '@qmp/protocol/testing';
import type { JsonObject } from '@qmp/protocol/codecs';

import { isQmpSecret } from '../../logging/secrets.ts';
import { formatEntry } from './format-entry.ts';
import type { SessionEndEntry, Side } from './recording-entry.ts';
import type { RecordingSink } from './recording-sink.ts';
import { textOf } from './text-of.ts';

/** Writes down one session. Never throws, whatever comes and whatever the sink does. */
export class Recorder {
  readonly #sink: RecordingSink;
  readonly #onFailure: (error: Error) => void;
  readonly #framers: { readonly [side in Side]: JsonFramer } = { client: new JsonFramer(), server: new JsonFramer() };
  readonly #startMs: number = performance.now();
  #state: 'recording' | 'over' = 'recording';

  /** @param onFailure told when the sink fails: nothing more is written then. */
  constructor(sink: RecordingSink, peer: string, onFailure: (error: Error) => void) {
    this.#sink = sink;
    this.#onFailure = onFailure;
    void this.#write(formatEntry({ kind: 'header', peer, startedAt: new Date().toISOString() }));
  }

  /** Writes down what a chunk completes. A promise, which never rejects, means that the sink is slow. */
  take(from: Side, chunk: Uint8Array): void | Promise<void> {
    if (this.#state === 'over') return;
    return this.#writeFrames(from, this.#framers[from].decode(chunk));
  }

  /** Writes down how the session ended; the first to tell counts. */
  end(by: SessionEndEntry['by'], error?: unknown): void {
    if (this.#state === 'over') return;
    for (const from of ['client', 'server'] as const) void this.#writeFrames(from, this.#framers[from].end());
    const why = error === undefined ? undefined : describeCause(error);
    void this.#write(formatEntry({ kind: 'end', ms: this.#elapsedMs, by, error: why }));
    this.#state = 'over';
  }

  get #elapsedMs(): number {
    return performance.now() - this.#startMs;
  }

  #writeFrames(from: Side, frames: Iterable<Frame<JsonObject>>): void | Promise<void> {
    const ms = this.#elapsedMs;
    let lines = '';
    for (const frame of frames) lines += formatFrame(frame, { ms, from });
    if (lines !== '') return this.#write(lines);
  }

  #write(lines: string): void | Promise<void> {
    if (this.#state === 'over') return;
    try {
      const written = this.#sink.write(lines);
      if (written instanceof Promise) return written.catch((error: unknown) => this.#fail(error));
    } catch (error) {
      this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    if (this.#state === 'over') return;
    this.#state = 'over';
    this.#onFailure(asError(error));
  }
}

/** A frame as a line; nothing for blanks between messages. */
function formatFrame(
  { bytes, message }: Frame<JsonObject>,
  about: { readonly ms: number; readonly from: Side },
): string {
  if (message !== undefined) {
    try {
      return formatEntry({ kind: 'message', ...about, message: redactSecrets(message, isQmpSecret) });
    } catch {
      // JSON can say what a message cannot, such as half a surrogate pair: it is kept as text.
    }
  }
  const text = textOf(bytes);
  return text === '' ? '' : formatEntry({ kind: 'text', ...about, text });
}
