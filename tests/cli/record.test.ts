import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';

import { describe, expect, it } from 'vitest';

import { describeVersions } from '../qemu/describe-versions.ts';
import { connect, makeClient, startQemu } from '../qemu/qemu-process.ts';
import { temporaryFolder } from '../qemu/test-process.ts';
import { outcomeOf, runQmp, startQmp, type QmpProcess } from './run-qmp.ts';
import { startQmpPeer } from './scripted-peer.ts';

/** Where it says that it listens. */
async function addressOf(qmp: QmpProcess): Promise<string> {
  const [line] = (await once(createInterface(qmp.stderr), 'line')) as [string];
  expect(line).toMatch(/^Listening at /);
  return line.replace('Listening at ', '');
}

function linesOf(path: string): readonly Record<string, unknown>[] {
  return readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

async function interrupt(qmp: QmpProcess): Promise<unknown> {
  const closed = once(qmp, 'close');
  process.kill(Number(qmp.pid), 'SIGINT');
  return await closed;
}

describeVersions('qemu', (version) => {
  it('is recorded by qmp record, read by qmp log and played again by qmp replay', async () => {
    const folder = temporaryFolder();
    const [out, recorded] = [join(folder, 'session.jsonl'), join(folder, 'recorded')];
    const qemu = startQemu(version);
    const control = await connect(qemu);
    await control.disconnect();

    const recorder = startQmp(['record', qemu.address, '--listen', recorded, '--out', out]);
    expect(await addressOf(recorder)).toBe(`unix:${recorded}`);
    const asked = ['exec', recorded, 'query-status'];
    const answer = await runQmp(asked);
    expect(answer.stdout).toContain('"running":true');
    const refusal = await runQmp(['exec', recorded, 'make-coffee', 'password=hunter2']);
    expect(refusal.stderr).toBe('CommandNotFound: The command make-coffee has not been found\n');
    expect((await runQmp(['exec', recorded, 'quit'])).code).toBe(0);
    expect(await interrupt(recorder)).toEqual([0, null]);
    expect(existsSync(recorded)).toBe(false);
    expect(readFileSync(out, 'utf8')).not.toContain('hunter2');

    const log = await runQmp(['log', out]);
    expect(log.stdout).toMatch(/^Session 1 {2}unix:.*\n +\d+\.\d ms {2}← {2}greeting/);
    expect(log.stdout).toMatch(/ms {2}← {2}query-status {6}\{.*"running": true.*\} {2}\(\d+\.\d ms\)\n/);
    expect(log.stdout).toMatch(/ms {2}← {2}make-coffee {7}CommandNotFound: .*found {2}\(\d+\.\d ms\)\n/);
    expect(log.stdout).toMatch(/ms {2}● {2}SHUTDOWN/);
    const items = (await runQmp(['log', out, '--json'])).stdout.trimEnd().split('\n');
    const parsed = items.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(parsed.filter(({ kind }) => kind === 'session')).toHaveLength(3);
    expect(parsed.filter(({ kind }) => kind === 'error')).toMatchObject([{ name: 'make-coffee' }]);

    const player = startQmp(['replay', out, '--listen', recorded]);
    const playing = once(player, 'close');
    await addressOf(player);
    expect(await runQmp(asked)).toEqual(answer);
    expect(await runQmp(['exec', recorded, 'make-coffee', 'password=hunter3'])).toEqual(refusal);
    expect((await runQmp(['exec', recorded, 'quit'])).code).toBe(0);
    expect(await playing).toEqual([0, null]);
  });

  it('has its events recorded until it goes', async () => {
    const folder = temporaryFolder();
    const [out, watched] = [join(folder, 'events.jsonl'), join(folder, 'watched')];
    const control = await connect(startQemu(version, ['-qmp', `unix:${watched},server=on,wait=off`], { folder }));
    const recorder = outcomeOf(startQmp(['record', watched, '--out', out]));
    await expect.poll(() => existsSync(out) && readFileSync(out, 'utf8')).toMatch(/"return":\{\}/);
    await control.execute('stop');
    await control.execute('quit');
    expect(await recorder).toEqual({ code: 0, stdout: '', stderr: '' });
    const lines = linesOf(out);
    expect(lines.map(({ message }) => (message as { event?: string } | undefined)?.event)).toContain('STOP');
    expect(lines.at(-1)).toMatchObject({ end: 'server' });
  });
});

describe('qmp record', () => {
  it('writes to its standard output, for qmp log to read there', async () => {
    const path = await startQmpPeer({
      onReady: (socket) => socket.end('{"event": "STOP", "timestamp": {"seconds": 1, "microseconds": 2}}\r\n'),
    });
    const recorder = startQmp(['record', path, '--out', '-']);
    const reader = startQmp(['log', '-'], { input: recorder.stdout });
    const { code, stdout } = await outcomeOf(reader);
    expect(code).toBe(0);
    expect(stdout).toMatch(/● {2}STOP\n.*■ {2}the server hung up\n1 command; 1 event\n$/);
  });

  it('goes on when a client cannot be connected, and tells why', async () => {
    const folder = temporaryFolder();
    const [missing, recorded] = [join(folder, 'vm'), join(folder, 'recorded')];
    const recorder = startQmp(['record', missing, '--listen', recorded, '--out', join(folder, 'out')]);
    const lines = createInterface(recorder.stderr)[Symbol.asyncIterator]();
    await lines.next();
    for (let time = 0; time < 2; time += 1) {
      expect(await text(createConnection(recorded))).toBe('');
      expect((await lines.next()).value).toBe(
        `qmp: Cannot connect a client to QEMU: no such socket file: ${missing} (ENOENT)`,
      );
    }
    expect(await interrupt(recorder)).toEqual([0, null]);
  });

  it('lets the session live when the disk is full, says so, and fails in the end', async () => {
    const path = await startQmpPeer({ answer: () => '{"return": {}, "id": $ID}\r\n' });
    const recorded = join(temporaryFolder(), 'recorded');
    const recorder = startQmp(['record', path, '--listen', recorded, '--out', '/dev/full']);
    const lines = createInterface(recorder.stderr)[Symbol.asyncIterator]();
    await lines.next();
    const client = makeClient();
    await client.connect(recorded);
    for (let time = 0; time < 100; time += 1) await client.executeRaw('x', { padding: 'x'.repeat(1000) });
    // Deno has words of its own.
    expect((await lines.next()).value).toMatch(
      /^qmp: Cannot write to \/dev\/full: no space left on device.*; nothing is recorded any more$/i,
    );
    await client.disconnect();
    expect(await interrupt(recorder)).toEqual([1, null]);
    expect((await lines.next()).value).toMatch(/^qmp: Cannot write to \/dev\/full: no space left on device/i);
  });

  it.each([
    [['record', '/nowhere/x'], 2, '--out is missing; expected the file that the recording is to go to'],
    [
      ['record', '/nowhere/x', 'STOP', '--out', 'x'],
      2,
      '"STOP" is one word too many; expected the address of QEMU only',
    ],
    [['record', '--out', 'x'], 2, 'The address of QEMU is missing'],
    [['record', '/x', '--out', 'x', '--listen', 'sock'], 2, 'Cannot use the address "sock"'],
    [['record', '/nowhere/x', '--out', '/nowhere/y'], 1, 'Cannot write to /nowhere/y: no such file or directory'],
    [['record', '/nowhere/x', '--out', '/dev/null'], 1, 'no such socket file'],
    [['replay'], 2, 'The recording is missing; expected its file'],
    [['replay', 'x'], 2, '--listen is missing; expected the address to listen at'],
    [['replay', 'x', '--listen', '/x', '--match', 'y'], 2, '--match is "y"; expected exact or shape or command'],
    [['replay', 'x', '--listen', '/x', '--delays', 'y'], 2, '--delays is "y"; expected none or recorded'],
    [['replay', 'x', 'y', '--listen', '/x'], 2, '"y" is one word too many; expected the file of the recording only'],
    [['replay', '/nowhere/x', '--listen', '/tmp/x'], 1, 'Cannot read /nowhere/x: no such file or directory'],
    [['log'], 2, 'The recording is missing; expected its file'],
    [['log', 'x', 'y'], 2, '"y" is one word too many; expected the file of the recording only'],
    [['log', '/nowhere/x'], 1, 'Cannot read /nowhere/x: no such file or directory'],
    [['log', '/tmp'], 1, 'Cannot read /tmp: illegal operation on a directory'],
    [['log', '/dev/null'], 1, 'The recording is empty'],
    [['log', process.execPath], 1, 'This is no recording: it begins with'],
  ])('and its like say what is wrong with %j', async (args, code, complaint) => {
    const outcome = await runQmp(args);
    expect(outcome).toMatchObject({ code, stdout: '' });
    expect(outcome.stderr).toMatch(/^qmp: [^\n]+\n$/);
    expect(outcome.stderr).toContain(complaint);
  });
});

describe('qmp replay', () => {
  const recording = `{"recording":"qmp","version":1,"peer":"unix:/run/vm.sock","startedAt":"2026-11-05T12:00:00.000Z"}
{"ms":0,"from":"server","message":{"QMP":{"version":{"qemu":{"major":11,"minor":1,"micro":3},"package":""},"capabilities":[]}}}
{"ms":1,"from":"client","message":{"execute":"qmp_capabilities","id":1}}
{"ms":2,"from":"server","message":{"return":{},"id":1}}
{"ms":3,"from":"client","message":{"execute":"stop","id":2}}
{"ms":4,"from":"server","message":{"return":{},"id":2}}
`;

  /** Starts it with this recording on its standard input. */
  async function play(...words: readonly string[]): Promise<{ readonly qmp: QmpProcess; readonly address: string }> {
    const path = join(temporaryFolder(), 'vm');
    const qmp = startQmp(['replay', '-', '--listen', path, ...words], { input: recording });
    return { qmp, address: await addressOf(qmp) };
  }

  it('fails when a client does something else, and tells both', async () => {
    const { qmp, address } = await play();
    const ended = Promise.all([once(qmp, 'close'), once(createInterface(qmp.stderr), 'line')]);
    const { code, stderr } = await runQmp(['exec', address, 'quit']);
    expect(code).toBe(1);
    const fault =
      'Replay: the client sent {"execute":"quit"}, but expected {"execute":"stop"} (line 5 of the recording)';
    expect(stderr).toContain(fault);
    const [[exitCode], [line]] = (await ended) as [[number], [string]];
    expect(exitCode).toBe(1);
    expect(line).toContain(`qmp: ${fault}`);
  });

  it('fails when a client leaves something out', async () => {
    const { qmp, address } = await play('--match', 'command');
    const ended = Promise.all([once(qmp, 'close'), once(createInterface(qmp.stderr), 'line')]);
    const client = makeClient();
    await client.connect(address);
    await client.disconnect();
    expect(await ended).toEqual([
      [1, null],
      [expect.stringContaining('qmp: Replay: 1 message of the recorded client did not come again') as string],
    ]);
  });

  it('ends at ctrl-C, in the middle of a session too', async () => {
    const { qmp, address } = await play();
    const client = makeClient();
    await client.connect(address);
    expect(await interrupt(qmp)).toEqual([130, null]);
    expect(await client.closed).toMatchObject({ error: { name: 'EndOfStreamError' } });
    expect(existsSync(address.replace('unix:', ''))).toBe(false);
  });
});
