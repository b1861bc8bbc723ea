import { open } from 'node:fs/promises';

import { describeSystemError } from '../terminal/describe-system-error.ts';

/**
 * A recording's file, to be read piece by piece; `-` stands for the standard input.
 *
 * @throws Error which says why it cannot be read; so does reading it.
 */
export async function openRecording(path: string): Promise<AsyncIterable<Uint8Array>> {
  if (path === '-') return process.stdin;
  try {
    const file = await open(path);
    return readPieces(file.createReadStream(), path);
  } catch (error) {
    throw fault(path, error);
  }
}

/** @yields what the stream gives; a folder can be opened, but not read. */
async function* readPieces(stream: AsyncIterable<Uint8Array>, path: string): AsyncIterable<Uint8Array> {
  try {
    yield* stream;
  } catch (error) {
    throw fault(path, error);
  }
}

function fault(path: string, error: unknown): Error {
  return new Error(`Cannot read ${path}: ${describeSystemError(error)}`, { cause: error });
}
