import { describe, expect, it } from 'vitest';

import { readRecording, type RecordingSource } from './read-recording.ts';
import { RecordingError } from './recording-error.ts';

const HEADER = '{"recording":"qmp","version":1,"peer":"unix:/run/vm.sock","startedAt":"2026-11-05T12:00:00.000Z"}\n';

async function read(source: RecordingSource): Promise<unknown[]> {
  const lines: unknown[] = [];
  for await (const each of readRecording(source)) lines.push(each);
  return lines;
}

describe('readRecording', () => {
  it('reads text and bytes, whole or in pieces', async () => {
    const text = `${HEADER}{"ms":1.5,"from":"client","message":{"execute":"é","n":18446744073709551615}}\n{"ms":2,"end":"link","error":"x"}\n`;
    const expected = [
      { line: 1, entry: { kind: 'header', peer: 'unix:/run/vm.sock', startedAt: '2026-11-05T12:00:00.000Z' } },
      {
        line: 2,
        entry: { kind: 'message', ms: 1.5, from: 'client', message: { execute: 'é', n: 18_446_744_073_709_551_615n } },
      },
      { line: 3, entry: { kind: 'end', ms: 2, by: 'link', error: 'x' } },
    ];
    const bytes = new TextEncoder().encode(text);
    expect(await read(text)).toEqual(expected);
    expect(await read(bytes)).toEqual(expected);
    expect(await read(Array.from(bytes, (byte) => Uint8Array.of(byte)))).toEqual(expected);
    expect(await read(new Blob([text]).stream() as ReadableStream<Uint8Array>)).toEqual(expected);
  });

  it('leaves out a last line that was cut off', async () => {
    expect(await read(`${HEADER}{"ms":2,"end":"ser`)).toHaveLength(1);
    expect(await read(`${HEADER}{"ms":2,"end":"server"}`)).toHaveLength(2);
  });

  it.each([
    ['', 1, 'The recording is empty'],
    [
      'session.jsonl',
      1,
      'This is no recording: it begins with "session.jsonl", not with {"recording":"qmp","version":1,...}',
    ],
    [
      '{"ms":0,"end":"client"}\n',
      1,
      'This is no recording: it begins with "{\\"ms\\":0,\\"end\\":\\"client\\"}", not with {"recording":"qmp","version":1,...}',
    ],
    [
      '{"recording":"qmp","version":2}\n',
      1,
      'Line 1 of the recording is of version 2; expected 1: a newer qmp may read it',
    ],
    ['{"recording":"x"}\n', 1, 'Line 1 of the recording says "recording": "x"; expected "qmp"'],
    ['{"recording":"qmp","version":1}\n', 1, 'Line 1 of the recording has no "peer" or no "startedAt"'],
    [`${HEADER}\n${HEADER}`, 2, /^Line 2 of the recording is no JSON: /],
    [`${HEADER}[1]\n`, 2, 'Line 2 of the recording is no JSON object'],
    [
      `${HEADER}{"from":"client","text":""}\n`,
      2,
      'Line 2 of the recording has no "ms" that is a number of milliseconds',
    ],
    [`${HEADER}{"ms":1,"from":"x"}\n`, 2, 'Line 2 of the recording says "from": "x"; expected "client" or "server"'],
    [
      `${HEADER}{"ms":1,"end":"x"}\n`,
      2,
      'Line 2 of the recording says "end": "x"; expected "client", "server" or "link"',
    ],
    [
      `${HEADER}{"ms":1,"from":"client","message":[]}\n`,
      2,
      'Line 2 of the recording has neither a "message" that is an object nor a "text"',
    ],
  ])('says what is wrong with %j', async (source, line, message) => {
    const error = await read(source).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(RecordingError);
    expect(error).toMatchObject({ line, code: 'BAD_RECORDING' });
    expect((error as Error).message).toMatch(message);
  });
});
