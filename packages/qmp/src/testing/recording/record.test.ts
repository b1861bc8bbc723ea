import { type MemoryTransport, transportPair } from '@qmp/protocol/testing';
import type { JsonObject } from '@qmp/protocol/codecs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { QmpClient } from '../../client/qmp-client.ts';
import { eventOf, everythingDelivered, ScriptedServer } from '../../client/scripted-server.test-kit.ts';
import type { AnySchema } from '../../schema/qapi-schema.ts';
import { record } from './record.ts';
import { readRecording } from './read-recording.ts';
import type { RecordingEntry } from './recording-entry.ts';

/** A recorded link, and what has been written down so far. */
function recorded(write?: (text: string) => unknown) {
  const [inner, far] = transportPair();
  const lines: string[] = [];
  const failures: Error[] = [];
  const sink = { write: (text: string) => write?.(text) ?? lines.push(text) };
  const near = record(inner, sink, { onFailure: (error) => failures.push(error) });
  return { near, far, lines, failures, entries: () => entriesOf(lines) };
}

async function entriesOf(source: readonly string[]): Promise<RecordingEntry[]> {
  const entries: RecordingEntry[] = [];
  for await (const { entry } of readRecording(source)) entries.push(entry);
  return entries;
}

function send(end: { write(chunk: Uint8Array): unknown }, text: string): void {
  void end.write(new TextEncoder().encode(text));
}

async function readAll(transport: Pick<MemoryTransport, 'readable'>): Promise<string> {
  let text = '';
  for await (const chunk of transport.readable) text += new TextDecoder().decode(chunk);
  return text;
}

describe('a recorded session', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: Date.UTC(2026, 10, 5, 12) });
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  it('is written down line by line, as docs/testing.md says', async () => {
    const { near, far, lines } = recorded();
    const heard = readAll(near);
    send(far, '{"QMP": {"capabilities": []}}\r\n');
    await vi.advanceTimersByTimeAsync(1.5);
    send(near, '{"execute":"qmp_capabilities","id":1}');
    await vi.advanceTimersByTimeAsync(20);
    send(far, '{"return": {}, "id": 1}\r\n');
    await far.close();
    await heard;
    expect(lines.join('')).toBe(
      `{"recording":"qmp","version":1,"peer":"memory:left","startedAt":"2026-11-05T12:00:00.000Z"}
{"ms":0,"from":"server","message":{"QMP":{"capabilities":[]}}}
{"ms":1.5,"from":"client","message":{"execute":"qmp_capabilities","id":1}}
{"ms":21.5,"from":"server","message":{"return":{},"id":1}}
{"ms":21.5,"end":"server"}
`,
    );
  });
});

describe('record', () => {
  it('changes nothing of what passes, and takes it before it does', async () => {
    const server = new ScriptedServer();
    const lines: string[] = [];
    const client = new QmpClient<AnySchema>();
    const connecting = client.connect(record(server.transport, { write: (text) => lines.push(text) }));
    server.send({ QMP: { version: { qemu: { major: 11, minor: 1, micro: 3 }, package: '' }, capabilities: [] } });
    await server.answer();
    await connecting;
    const stopped = client.events.next('STOP');
    const executing = client.execute('query-x', { size: 18_446_744_073_709_551_615n });
    await server.request();
    expect(lines.join('')).toContain(
      '"message":{"execute":"query-x","arguments":{"size":18446744073709551615},"id":2}}',
    );
    server.send(eventOf('STOP'), { return: 5, id: 2 });
    expect(await executing).toBe(5);
    expect(await stopped).toEqual(eventOf('STOP'));
    await client.disconnect();
    const entries = await entriesOf(lines);
    expect(entries.map((entry) => ('from' in entry ? entry.from : entry.kind))).toEqual([
      'header',
      'server',
      'client',
      'server',
      'client',
      'server',
      'server',
      'end',
    ]);
    expect(entries.at(-1)).toMatchObject({ by: 'client' });
  });

  it('blots out secrets, by the rule of log records', async () => {
    const { near, far, lines } = recorded();
    const heard = readAll(near);
    const message: JsonObject = {
      execute: 'blockdev-add',
      arguments: { driver: 'https', url: 'https://me:hunter2@host/a.iso', cookie: 'hunter2' },
    };
    send(near, JSON.stringify(message));
    send(far, '{"return": [{"password": "hunter2", "port": 5900}]}');
    send(near, '{"execute": "set_password", "arguments": {"password": "hunt');
    await far.close();
    await heard;
    const text = lines.join('');
    expect(text).not.toContain('hunt');
    expect(text).toContain('"url":"https://me:***@host/a.iso","cookie":"***"');
    expect(text).toContain('[{"password":"***","port":5900}]');
    expect(text).toContain('"text":"*** (59 characters in which a secret may stand)"');
  });

  it('keeps as text what is no message', async () => {
    const { near, far, entries } = recorded();
    const heard = readAll(near);
    send(far, "QEMU 11.1 monitor - type 'help'\r\n");
    await everythingDelivered();
    send(far, '(qemu) {"half": "\\ud83d"}\n{"cut": ');
    await far.close();
    await heard;
    const texts = (await entries()).flatMap((entry) => (entry.kind === 'text' ? [entry.text] : []));
    expect(texts).toEqual(["QEMU 11.1 monitor - type 'help'", '(qemu)', String.raw`{"half": "\ud83d"}`, '{"cut":']);
  });

  it('tells how the link broke', async () => {
    const { near, far, entries } = recorded();
    const heard = readAll(near);
    far.break(new Error('ECONNRESET'));
    await expect(heard).rejects.toThrow('ECONNRESET');
    near.abort();
    expect((await entries()).at(-1)).toMatchObject({ kind: 'end', by: 'link', error: 'ECONNRESET' });
  });

  it('tells that this side has left, and nothing after that', async () => {
    const { near, far, entries } = recorded();
    near.abort();
    send(far, '{"event": "STOP"}');
    await everythingDelivered();
    expect((await entries()).map(({ kind }) => kind)).toEqual(['header', 'end']);
  });

  it('lets a reader leave as the link itself does', async () => {
    const { near, far } = recorded();
    const reader = near.readable[Symbol.asyncIterator]();
    const next = reader.next();
    await reader.return?.();
    expect(await next).toEqual({ done: true, value: undefined });
    send(far, 'dropped');
    expect(await reader.next()).toEqual({ done: true, value: undefined });
  });

  describe('whose sink', () => {
    it.each([
      [
        'throws',
        () => {
          throw new Error('ENOSPC');
        },
      ],
      ['rejects', () => Promise.reject(new Error('ENOSPC'))],
    ])('%s is told once, and the session goes on', async (_, write) => {
      const { near, far, failures } = recorded(write);
      const [heard, answered] = [readAll(near), readAll(far)];
      send(far, '{"event":"STOP"}');
      await everythingDelivered();
      send(near, '{"execute":"quit"}');
      send(far, '{"event":"RESUME"}');
      await far.close();
      expect(await heard).toBe('{"event":"STOP"}{"event":"RESUME"}');
      expect(await answered).toBe('{"execute":"quit"}');
      expect(failures).toEqual([new Error('ENOSPC')]);
    });

    it('is slow slows the session down, and does not hold up its end', async () => {
      const gates: (() => void)[] = [];
      const { near, far } = recorded(() => new Promise<void>((resolve) => gates.push(resolve)));
      const reader = near.readable[Symbol.asyncIterator]();
      let read = 0;
      const count = async (): Promise<void> => {
        while ((await reader.next()).done !== true) read += 1;
      };
      const counting = count();
      send(far, '{"event":"STOP"}');
      await everythingDelivered();
      send(far, '{"event":"RESUME"}');
      await everythingDelivered();
      expect(read).toBe(0);
      gates.at(-1)?.();
      await everythingDelivered();
      expect(read).toBe(1);
      const written = near.write(new TextEncoder().encode('{"execute":"quit"}'));
      near.abort();
      await counting;
      await written;
      expect(read).toBe(2);
    });
  });
});
