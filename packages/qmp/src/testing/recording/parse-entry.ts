import { describeCause } from '@qmp/protocol';
import { type JsonObject, type JsonValue, parseJson } from '@qmp/protocol/codecs';

import { RECORDING_VERSION, type RecordingEntry, type Side } from './recording-entry.ts';
import { RecordingError } from './recording-error.ts';

const decoder = new TextDecoder('utf-8', { fatal: true });

/** @throws RecordingError for a line that is no entry, saying what is wrong. */
export function parseEntry(bytes: Uint8Array, line: number): RecordingEntry {
  let value: JsonValue;
  try {
    value = parseJson(decoder.decode(bytes));
  } catch (error) {
    throw fault(line, `is no JSON: ${describeCause(error)}`, error);
  }
  if (!isObject(value)) throw fault(line, 'is no JSON object');
  return 'recording' in value ? parseHeader(value, line) : parseSessionEntry(value, line);
}

function parseHeader({ recording, version, peer, startedAt }: JsonObject, line: number): RecordingEntry {
  if (recording !== 'qmp') throw fault(line, `says "recording": ${JSON.stringify(recording)}; expected "qmp"`);
  if (version !== RECORDING_VERSION) {
    throw fault(
      line,
      `is of version ${JSON.stringify(version)}; expected ${RECORDING_VERSION}: a newer qmp may read it`,
    );
  }
  if (typeof peer !== 'string' || typeof startedAt !== 'string') throw fault(line, 'has no "peer" or no "startedAt"');
  return { kind: 'header', peer, startedAt };
}

function parseSessionEntry({ ms, from, message, text, end, error }: JsonObject, line: number): RecordingEntry {
  if (typeof ms !== 'number' || ms < 0) throw fault(line, 'has no "ms" that is a number of milliseconds');
  if (isSide(end) || end === 'link') return { kind: 'end', ms, by: end, error: asText(error) };
  if (end !== undefined) throw fault(line, `says "end": ${JSON.stringify(end)}; expected "client", "server" or "link"`);
  if (!isSide(from)) throw fault(line, `says "from": ${JSON.stringify(from)}; expected "client" or "server"`);
  if (isObject(message)) return { kind: 'message', ms, from, message };
  if (typeof text === 'string') return { kind: 'text', ms, from, text };
  throw fault(line, 'has neither a "message" that is an object nor a "text"');
}

function fault(line: number, what: string, cause?: unknown): RecordingError {
  return new RecordingError(`Line ${line} of the recording ${what}`, { line, cause });
}

function asText(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function isSide(value: JsonValue | undefined): value is Side {
  return value === 'client' || value === 'server';
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
