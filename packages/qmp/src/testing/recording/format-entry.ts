import { stringifyJson } from '@qmp/protocol/codecs';

import { RECORDING_VERSION, type RecordingEntry } from './recording-entry.ts';

/** An entry as a line of a recording; docs/testing.md describes the format. */
export function formatEntry(entry: RecordingEntry): string {
  return `${lineOf(entry)}\n`;
}

function lineOf(entry: RecordingEntry): string {
  if (entry.kind === 'header') {
    const { peer, startedAt } = entry;
    return stringifyJson({ recording: 'qmp', version: RECORDING_VERSION, peer, startedAt });
  }
  const ms = Math.round(entry.ms * 1000) / 1000;
  switch (entry.kind) {
    case 'message':
      return stringifyJson({ ms, from: entry.from, message: entry.message });
    case 'text':
      return stringifyJson({ ms, from: entry.from, text: entry.text });
    case 'end':
      return stringifyJson({ ms, end: entry.by, error: entry.error });
  }
}
