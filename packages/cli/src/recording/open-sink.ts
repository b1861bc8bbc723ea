import { fileSink } from '@qmp/node';

import { describeSystemError } from '../terminal/describe-system-error.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** Where a recording goes. */
export interface Sink {
  write(text: string): void | Promise<void>;
  /** Writes what is left; throws, in a sentence, what has kept it from writing anything. */
  close(): Promise<void>;
}

/**
 * Opens a file for a recording; `-` stands for the standard output.
 *
 * @throws Error which says why it cannot.
 */
export async function openSink(path: string, terminal: Terminal): Promise<Sink> {
  if (path === '-') return { write: (text) => terminal.stdout.write(text), close: () => Promise.resolve() };
  const fault = (error: unknown): Error =>
    new Error(`Cannot write to ${path}: ${describeSystemError(error)}`, { cause: error });
  try {
    const sink = await fileSink(path);
    return {
      write: (text) => sink.write(text),
      async close() {
        await sink.close().catch((error: unknown) => Promise.reject(fault(error)));
      },
    };
  } catch (error) {
    throw fault(error);
  }
}
