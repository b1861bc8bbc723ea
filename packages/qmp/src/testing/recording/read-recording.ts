import { LineCodec } from '@qmp/protocol/codecs';

import { parseEntry } from './parse-entry.ts';
import { RECORDING_VERSION, type RecordingEntry } from './recording-entry.ts';
import { RecordingError } from './recording-error.ts';

/** An address in it may be long. */
const LONGEST_HEADER_BYTES = 10_000;

/** A line holds a message of up to 128 MiB, each character of which may be escaped. */
const LONGEST_LINE_BYTES = 1024 * 1024 * 1024;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

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
  for await (const { bytes, isWhole } of linesOf(source)) {
    line += 1;
    const entry = entryOf(bytes, line, isWhole);
    if (entry !== undefined) yield { line, entry };
  }
  if (line === 0) throw new RecordingError('The recording is empty', { line: 1 });
}

interface Line {
  readonly bytes: Uint8Array;
  readonly isWhole: boolean;
}

function entryOf(bytes: Uint8Array, line: number, isWhole: boolean): RecordingEntry | undefined {
  if (line === 1) return headerOf(bytes);
  try {
    return parseEntry(bytes, line);
  } catch (error) {
    if (isWhole) throw error;
    return undefined;
  }
}

function headerOf(bytes: Uint8Array): RecordingEntry {
  const text = decoder.decode(bytes.subarray(0, LONGEST_HEADER_BYTES));
  if (text.includes('"recording"')) return parseEntry(bytes, 1);
  const beginning = JSON.stringify(text.slice(0, 80));
  const header = `{"recording":"qmp","version":${RECORDING_VERSION},...}`;
  throw new RecordingError(`This is no recording: it begins with ${beginning}, not with ${header}`, { line: 1 });
}

async function* linesOf(source: RecordingSource): AsyncIterable<Line> {
  const codec = new LineCodec({ mode: 'bytes', maxMessageBytes: LONGEST_LINE_BYTES });
  const pieces = typeof source === 'string' || source instanceof Uint8Array ? [source] : source;
  for await (const piece of pieces) {
    for (const bytes of codec.decode(typeof piece === 'string' ? encoder.encode(piece) : piece)) {
      yield { bytes, isWhole: true };
    }
  }
  for (const bytes of codec.end()) yield { bytes, isWhole: false };
}
