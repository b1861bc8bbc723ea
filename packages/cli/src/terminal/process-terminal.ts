import { once } from 'node:events';

import { Stop } from './stop.ts';
import type { Output, Terminal } from './terminal.ts';

const SIGNALS = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const;

/** The terminal of this process. A second ctrl-C ends it at once, the platform's way. */
export function processTerminal(): Terminal {
  const stopping = new AbortController();
  for (const [name, number] of Object.entries(SIGNALS)) {
    process.once(name, () => stopping.abort(new Stop(name, 128 + number)));
  }
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    stopping.abort(error.code === 'EPIPE' ? new Stop('nobody reads the output', 0) : error);
  });
  // Where errors cannot be told, nothing is left to tell this one.
  process.stderr.on('error', () => undefined);
  const { signal } = stopping;
  return {
    env: process.env,
    stdout: new StreamOutput(process.stdout, signal),
    stderr: new StreamOutput(process.stderr, signal),
    stop: signal,
  };
}

type StandardStream = typeof process.stdout | typeof process.stderr;

class StreamOutput implements Output {
  readonly #stream: StandardStream;
  readonly #stop: AbortSignal;

  constructor(stream: StandardStream, stop: AbortSignal) {
    this.#stream = stream;
    this.#stop = stop;
  }

  get isTty(): boolean {
    // A stream that is no terminal does not have it at all.
    return 'isTTY' in this.#stream && this.#stream.isTTY;
  }

  get hasColors(): boolean {
    return this.isTty && this.#stream.hasColors();
  }

  get columns(): number | undefined {
    // A terminal that does not know its width says 0.
    return this.isTty && this.#stream.columns > 0 ? this.#stream.columns : undefined;
  }

  write(text: string): void | Promise<void> {
    if (!this.#stream.write(text)) return this.#drained();
  }

  async #drained(): Promise<void> {
    try {
      await once(this.#stream, 'drain', { signal: this.#stop });
    } catch (error) {
      this.#stop.throwIfAborted();
      throw error;
    }
  }
}
