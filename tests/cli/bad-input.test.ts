import { chmodSync } from 'node:fs';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { type AddressInfo, createServer as createSocketServer, type Socket } from 'node:net';
import { join } from 'node:path';

import { describe, expect, it, onTestFinished } from 'vitest';

import { temporaryFolder } from '../qemu/test-process.ts';
import { runQmp, type StartOptions } from './run-qmp.ts';
import { GREETING, startPeer, startQmpPeer } from './scripted-peer.ts';

/** Runs it, and sees to it that it ends as bad input has to: with one line and this exit code. */
async function complaintOf(code: number, args: readonly string[], options?: StartOptions): Promise<string> {
  const outcome = await runQmp(args, options);
  expect(outcome).toMatchObject({ code, stdout: '' });
  expect(outcome.stderr).toMatch(/^[^\n]+\n$/);
  return outcome.stderr.trimEnd();
}

/** Begins a reply that never ends. */
function flood(socket: Socket): undefined {
  const chunk = Buffer.alloc(1 << 20, 'x');
  const pour = (): void => {
    while (!socket.destroyed && socket.write(chunk));
  };
  socket.on('drain', pour).write('{"return": "');
  pour();
}

/** Root may open everything; without these capabilities it is held to what the file's mode says. */
const AS_ORDINARY_USER: readonly string[] =
  process.getuid?.() === 0 ? ['setpriv', '--bounding-set', '-dac_override,-dac_read_search'] : [];

describe('qmp, given a wrong command line,', () => {
  it.each([
    ['./a/b:c=d,server=on', "is for QEMU's command line only"],
    ['localhost:port', 'its port is no number or out of range; expected a number from 0 to 65535'],
    ['tcp://localhost:4444', 'it is spelled like a URL; expected "tcp:localhost:4444"'],
    [`/${'x'.repeat(200)}`, 'its path is 201 bytes long; expected at most 107'],
  ])('says what is wrong with the address %j', async (address, fault) => {
    const complaint = await complaintOf(2, ['exec', address, 'query-status']);
    expect(complaint).toMatch(/^qmp: Cannot use the address ".*Try qmp exec --help$/);
    expect(complaint).toContain(address);
    expect(complaint).toContain(fault);
  });

  it('says so when the bad address comes from QMP_SOCKET', async () => {
    const complaint = await complaintOf(2, ['events', 'STOP'], { env: { QMP_SOCKET: 'vm.sock' } });
    expect(complaint).toMatch(
      /^qmp: QMP_SOCKET is no address: Cannot use the address "vm\.sock".*expected "\.\/vm\.sock"/,
    );
  });

  it.each([
    [['exec'], /^qmp: The address of QEMU is missing; expected one first.* Try qmp exec --help$/],
    [['exec', '/a'], /^qmp: The command is missing; expected one behind the address.* Try qmp exec --help$/],
    [['events'], /^qmp: The address of QEMU is missing.* Try qmp events --help$/],
    [['exec', '/a', 'x', '{"a": '], /^qmp: The arguments are no JSON: .* Try qmp exec --help$/],
    [
      ['exec', '/a', 'x', '[1]'],
      /^qmp: The arguments are no JSON object; expected \{"name": value, \.\.\.\}\. Try qmp exec --help$/,
    ],
    [['exec', '/a', 'x', 'id'], /^qmp: "id" has no "="; expected key=value, or one JSON object\. Try qmp exec --help$/],
    [['exec', '/a', 'x', '--timeout', 'soon'], /^qmp: --timeout is "soon"; expected a number of seconds/],
  ])('says what is wrong with %j', async (args, expected) => {
    expect(await complaintOf(2, args)).toMatch(expected);
  });
});

describe('qmp, without QEMU at the other end,', () => {
  it('says that there is no such socket file', async () => {
    const path = join(temporaryFolder(), 'vm.sock');
    expect(await complaintOf(1, ['exec', path, 'query-status'])).toBe(
      `qmp: Failed to connect to ${path}: no such socket file: ${path} (ENOENT)`,
    );
  });

  it('says that nobody listens', async () => {
    const server = createSocketServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    expect(await complaintOf(1, ['events', `127.0.0.1:${port}`])).toBe(
      `qmp: Failed to connect to 127.0.0.1:${port}: nobody listens at tcp:127.0.0.1:${port} (ECONNREFUSED)`,
    );
  });

  it('says that permission is denied', async () => {
    const path = await startPeer(() => undefined);
    chmodSync(path, 0);
    const complaint = await complaintOf(1, ['exec', path, 'query-status'], { launcher: AS_ORDINARY_USER });
    expect(complaint).toBe(`qmp: Failed to connect to ${path}: permission denied for ${path} (EACCES)`);
  });

  it('recognises an HTTP server', async () => {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const complaint = await complaintOf(1, ['exec', `127.0.0.1:${port}`, 'query-status']);
    expect(complaint).toMatch(/Expected a QMP greeting, .*an HTTP server/);
  });

  it('recognises a human monitor', async () => {
    const path = await startPeer((socket) => {
      socket.write("QEMU 11.1.3 monitor - type 'help' for more information\r\n(qemu) ");
    });
    const complaint = await complaintOf(1, ['exec', path, 'query-status']);
    expect(complaint).toMatch(/Expected a QMP greeting, .*human monitor/);
  });

  it('recognises a guest agent', async () => {
    const path = await startPeer((socket) => {
      socket.on('data', () => socket.write('{"error": {"class": "CommandNotFound", "desc": "no such command"}}\n'));
    });
    const complaint = await complaintOf(1, ['events', path]);
    expect(complaint).toMatch(/Expected a QMP greeting, .*guest agent/);
  });

  it('says that it waited in vain for a greeting, and what may be the reason', async () => {
    const path = await startPeer(() => undefined);
    const complaint = await complaintOf(1, ['exec', path, 'query-status', '--timeout', '1']);
    expect(complaint).toMatch(
      /Timed out after 1000 ms waiting for a QMP greeting .*another client may hold this monitor/,
    );
  });

  it('says that the server hung up in the middle of its greeting', async () => {
    const path = await startPeer((socket) => void socket.end(GREETING.slice(0, 40)));
    const complaint = await complaintOf(1, ['exec', path, 'query-status']);
    expect(complaint).toContain(`Failed to connect to ${path}: `);
    expect(complaint).toMatch(/: The stream ended inside a message$/);
  });
});

describe('qmp exec, given a bad reply,', () => {
  it('passes on that QEMU does not know the command', async () => {
    const path = await startQmpPeer({
      answer: ({ execute }) => `{"id": $ID, "error": {"class": "CommandNotFound", "desc": "no ${execute} here"}}\r\n`,
    });
    expect(await complaintOf(1, ['exec', path, 'make-coffee'])).toBe('CommandNotFound: no make-coffee here');
  });

  it.each([
    ['is no JSON', '<html>oh</html>\r\n', /query-status: .*JSON/],
    [
      'is neither return nor error',
      '{"id": $ID}\r\n',
      /query-status: the reply is malformed: it has neither return nor error/,
    ],
    ['is too deep', `{"return": ${'['.repeat(1100)}${']'.repeat(1100)}, "id": $ID}\r\n`, /query-status: .*1,?024/],
  ])('says that it %s', async (_name, reply, expected) => {
    const path = await startQmpPeer({ answer: () => reply });
    expect(await complaintOf(1, ['exec', path, 'query-status'])).toMatch(expected);
  });

  it('says that it is cut off', async () => {
    const path = await startQmpPeer({ answer: ({ socket }) => void socket.end('{"return": {"status": "run') });
    const complaint = await complaintOf(1, ['exec', path, 'query-status']);
    expect(complaint).toMatch(/^qmp: query-status: no reply before the session ended: /);
  });

  it('says that it is too large, before it has swallowed all of it', async () => {
    const path = await startQmpPeer({ answer: ({ socket }) => flood(socket) });
    const complaint = await complaintOf(1, ['exec', path, 'query-status']);
    expect(complaint).toMatch(/^qmp: query-status: .*larger than the limit of 134217728 bytes$/);
  });

  it('gives up a reply that does not come in time', async () => {
    const path = await startQmpPeer({});
    const complaint = await complaintOf(1, ['exec', path, 'query-status', '--timeout', '0.2']);
    expect(complaint).toMatch(/^qmp: Timed out after 200 ms waiting for .*query-status/);
  });

  it('says that the server hung up instead', async () => {
    const path = await startQmpPeer({ answer: ({ socket }) => void socket.destroy() });
    const complaint = await complaintOf(1, ['exec', path, 'query-status']);
    expect(complaint).toMatch(/^qmp: query-status: no reply before the session ended: /);
  });
});
