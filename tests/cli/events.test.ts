import { once } from 'node:events';
import type { Socket } from 'node:net';
import process from 'node:process';
import { createInterface } from 'node:readline';

import { describe, expect, it } from 'vitest';

import { outcomeOf, startQmp, type QmpProcess } from './run-qmp.ts';
import { startQmpPeer } from './scripted-peer.ts';

function wireEvent(name: string): string {
  return `{"timestamp": {"seconds": 1, "microseconds": 2}, "event": "${name}", "data": {"size": 18446744073709551615}}\r\n`;
}

function printedEvent(name: string): string {
  return `{"timestamp":{"seconds":1,"microseconds":2},"event":"${name}","data":{"size":18446744073709551615}}`;
}

/** Starts `qmp events` and waits until it is connected; gives it and the server's socket. */
async function watch(...names: readonly string[]): Promise<{ readonly qmp: QmpProcess; readonly socket: Socket }> {
  let onReady: (socket: Socket) => void = () => undefined;
  const ready = new Promise<Socket>((resolve) => {
    onReady = resolve;
  });
  const qmp = startQmp(['events', await startQmpPeer({ onReady }), ...names]);
  return { qmp, socket: await ready };
}

async function nextLine(qmp: QmpProcess): Promise<string> {
  const lines = createInterface(qmp.stdout);
  const [line] = (await once(lines, 'line')) as [string];
  return line;
}

describe('qmp events', () => {
  it('prints an event as soon as it has come, exactly', async () => {
    const { qmp, socket } = await watch();
    socket.write(wireEvent('STOP'));
    expect(await nextLine(qmp)).toBe(printedEvent('STOP'));
    socket.write(wireEvent('RESUME'));
    expect(await nextLine(qmp)).toBe(printedEvent('RESUME'));
  });

  it('prints only those that are named', async () => {
    const { qmp, socket } = await watch('RESUME', 'RESET');
    socket.write(['STOP', 'RESET', 'RTC_CHANGE', 'RESUME'].map(wireEvent).join(''));
    const outcome = outcomeOf(qmp);
    socket.end();
    expect((await outcome).stdout).toBe(`${printedEvent('RESET')}\n${printedEvent('RESUME')}\n`);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('ends without a complaint at %s', async (signal) => {
    const { qmp, socket } = await watch();
    socket.write(wireEvent('STOP'));
    expect(await nextLine(qmp)).toBe(printedEvent('STOP'));
    const outcome = outcomeOf(qmp);
    process.kill(Number(qmp.pid), signal);
    expect(await outcome).toMatchObject({ code: 0, stderr: '' });
  });

  it('says so when the connection is lost', async () => {
    const { qmp, socket } = await watch();
    const outcome = outcomeOf(qmp);
    socket.end(wireEvent('SHUTDOWN'));
    const { code, stdout, stderr } = await outcome;
    expect({ code, stdout }).toEqual({ code: 1, stdout: `${printedEvent('SHUTDOWN')}\n` });
    expect(stderr).toMatch(/^qmp: The connection is lost: .+\n$/);
  });

  it('ends without a complaint when nobody reads any more', async () => {
    const { qmp, socket } = await watch();
    socket.write(wireEvent('STOP'));
    expect(await nextLine(qmp)).toBe(printedEvent('STOP'));
    qmp.stdout.destroy();
    const ended = once(qmp, 'exit');
    // The first write after that finds out.
    socket.write(wireEvent('RESUME'));
    expect(await ended).toEqual([0, null]);
    expect(qmp.stderr.read()).toBeNull();
  });
});
