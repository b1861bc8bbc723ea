import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it, onTestFinished } from 'vitest';

import { RecordingTerminal } from '../terminal/recording-terminal.test-kit.ts';
import { log } from './log.ts';

const HEADER = '{"recording":"qmp","version":1,"peer":"unix:/run/vm.sock","startedAt":"2026-11-05T12:00:00.000Z"}\n';

/** What it prints of a recording of these lines. */
async function shown(
  lines: string,
  options: { readonly json?: boolean; readonly columns?: number } = {},
): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'qmp-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'session.jsonl');
  writeFileSync(path, lines);
  const { columns } = options;
  const terminal = new RecordingTerminal(columns === undefined ? {} : { isTty: true, columns });
  expect(await log.run(options.json === true ? [path, '--json'] : [path], terminal)).toBe(0);
  expect(terminal.stderr.text).toBe('');
  return terminal.stdout.text;
}

const SESSION = `${HEADER}{"ms":0,"from":"client","message":{"execute":"a","id":{"b":1}}}
{"ms":0,"from":"client","message":{"execute":"b"}}
{"ms":1.25,"from":"client","text":"garb\\u009bage"}
{"ms":2,"from":"server","message":{"error":{"class":"GenericError","desc":"no\\u001b[2J"},"id":{"b":1}}}
{"ms":3,"from":"server","message":{"event":"STOP","data":{"long":"${'x'.repeat(60)}"}}}
`;

describe('qmp log', () => {
  it('tells of errors, of what is no message, and of what has no reply; nothing steers the terminal', async () => {
    expect(await shown(`${SESSION}{"ms":4,"end":"link","error":"read ECONNRESET"}\n`)).toBe(
      `Session 1  unix:/run/vm.sock, 2026-11-05 12:00:00 UTC
       0.0 ms  →  a
       0.0 ms  →  b
       1.3 ms  →  no message: "garb\\u009bage"
       2.0 ms  ←  a                 GenericError: no\\u001b[2J  (2.0 ms)
       3.0 ms  ●  STOP              {"long": "${'x'.repeat(60)}"}
       4.0 ms  ■  the link broke: read ECONNRESET
2 commands, 1 of them refused; 1 event; no reply to b
`,
    );
  });

  it('shows each session, and where a recording breaks off', async () => {
    const text = await shown(`${HEADER}${HEADER}{"ms":1,"end":"server"}\n${HEADER}{"ms":5,"from":"serv`);
    expect(text.replaceAll(/ {2}unix.*/g, '')).toBe(
      `Session 1
       0.0 ms  ■  the recording breaks off here
0 commands; 0 events

Session 2
       1.0 ms  ■  the server hung up
0 commands; 0 events

Session 3
       0.0 ms  ■  the recording breaks off here
0 commands; 0 events
`,
    );
  });

  it('keeps to the width of a terminal, the time that a reply took included', async () => {
    const reply = `{"ms":3,"from":"server","message":{"return":"${'y'.repeat(200)}"}}\n`;
    const lines = (await shown(`${SESSION}${reply}`, { columns: 70 })).split('\n');
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(70);
    expect(lines.filter((line) => line.includes('…'))).toHaveLength(3);
    expect(lines.find((line) => line.includes('yyy'))).toMatch(/y… {2}\(3\.0 ms\)$/);
  });

  it('gives scripts a line of JSON for each', async () => {
    const items = (await shown(`${SESSION}{"ms":4,"end":"client"}\n`, { json: true }))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
    expect(items).toEqual([
      { kind: 'session', session: 1, peer: 'unix:/run/vm.sock', startedAt: '2026-11-05T12:00:00.000Z' },
      { kind: 'command', name: 'a', atMs: 0 },
      { kind: 'command', name: 'b', atMs: 0 },
      { kind: 'text', atMs: 1.25, from: 'client', content: 'garb\u009bage' },
      { kind: 'error', name: 'a', atMs: 2, latencyMs: 2, content: 'GenericError: no\u001b[2J' },
      { kind: 'event', name: 'STOP', atMs: 3, content: { long: 'x'.repeat(60) } },
      { kind: 'end', by: 'client', atMs: 4, commands: 2, errors: 1, events: 1, unanswered: ['b'] },
    ]);
  });
});
