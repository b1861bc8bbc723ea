import { LineCodec } from '@qmp/protocol/codecs';

import { parseEntry } from './parse-entry.ts';
import { RECORDING_VERSION, type RecordingEntry } from './recording-entry.ts';
import { RecordingError } from './recording-error.ts';

/** A line holds a message of up to 128 MiB, each character of which may be escaped. */
const LONGEST_LINE_BYTES = 1024 * 1024 * 1024;

const encoder = new TextEncoder();

/** What a recording is read from: its text or bytes, whole or in pieces, such as `createReadStream(path)` gives. */
export type RecordingSource = string | Uint8Array | Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>;

/** An entry, and where it stands. */
export interface NumberedEntry {
  /** From 1. */
  readonly line: number;
  readonly entry: RecordingEntry;
}

/**
 * Reads a recording, one entry at a time: however long it is, only a little of it is in memory. A last line without its
 * end is left out where it cannot be read: whoever recorded it was stopped in the middle, or is still at it.
 *
 * @yields each entry, with its line.
 * @throws RecordingError (while iterating) for what is no recording, with the line at fault.
 */
export async function* readRecording(source: RecordingSource): AsyncIterableIterator<NumberedEntry> {
  let line = 0;
  for await (const { text, isWhole } of linesOf(source)) {
    line += 1;
    const entry = entryOf(text, { line, isWhole });
    if (entry !== undefined) yield { line, entry };
  }
  if (line === 0) throw new RecordingError('The recording is empty', { line: 1 });
}

function entryOf(text: string, { line, isWhole }: { readonly line: number; readonly isWhole: boolean }) {
  try {
    const entry = parseEntry(text, line);
    if (line > 1 || entry.kind === 'header') return entry;
  } catch (error) {
    if (line > 1 && !isWhole) return undefined;
    if (line > 1 || text.startsWith('{"recording"')) throw error;
  }
  const header = `{"recording":"qmp","version":${RECORDING_VERSION},...}`;
  throw new RecordingError(
    `This is no recording: it begins with ${JSON.stringify(text.slice(0, 80))}, not with ${header}`,
    {
      line,
    },
  );
}

async function* linesOf(source: RecordingSource): AsyncIterable<{ readonly text: string; readonly isWhole: boolean }> {
  const codec = new LineCodec({ maxMessageBytes: LONGEST_LINE_BYTES });
  const pieces = typeof source === 'string' || source instanceof Uint8Array ? [source] : source;
  for await (const piece of pieces) {
    for (const text of codec.decode(typeof piece === 'string' ? encoder.encode(piece) : piece)) {
      yield { text, isWhole: true };
    }
  }
  for (const text of codec.end()) yield { text, isWhole: false };
}
