import { describe, expect, it } from 'vitest';

import { runQmp } from './run-qmp.ts';
import { startQmpPeer } from './scripted-peer.ts';

/** Returns each command as it stood on the wire. */
async function startEcho(): Promise<string> {
  return await startQmpPeer({ answer: ({ text }) => `{"return": ${JSON.stringify(text)}, "id": $ID}\r\n` });
}

describe('qmp exec', () => {
  it('prints what the command returns, on one line where no person reads it', async () => {
    const path = await startQmpPeer({
      answer: () => '{"return": {"status": "running", "running": true}, "id": $ID}\r\n',
    });
    expect(await runQmp(['exec', path, 'query-status'])).toEqual({
      code: 0,
      stdout: '{"status":"running","running":true}\n',
      stderr: '',
    });
  });

  it('sends arguments given as key=value or as JSON, and none where there are none', async () => {
    const path = await startEcho();
    const sentFor = async (...words: readonly string[]): Promise<string> => {
      const { stdout } = await runQmp(['exec', path, 'x', ...words]);
      return JSON.parse(stdout) as string;
    };
    expect(await sentFor('a.b=text', 'a.c=[1]')).toBe('{"execute":"x","arguments":{"a":{"b":"text","c":[1]}},"id":2}');
    expect(await sentFor('{"a": null}')).toBe('{"execute":"x","arguments":{"a":null},"id":2}');
    expect(await sentFor()).toBe('{"execute":"x","id":2}');
  });

  it('finds the address in QMP_SOCKET', async () => {
    const path = await startEcho();
    const { code, stdout } = await runQmp(['exec', 'x', 'path=/a:b'], { env: { QMP_SOCKET: path } });
    expect({ code, stdout: JSON.parse(stdout) as string }).toEqual({
      code: 0,
      stdout: '{"execute":"x","arguments":{"path":"/a:b"},"id":2}',
    });
  });

  it('keeps integers of 64 bits exact, both ways', async () => {
    const path = await startQmpPeer({
      answer: ({ text }) => `{"return": ${/"arguments":\{"a":(\[.*\])\}/.exec(text)?.[1]}, "id": $ID}\r\n`,
    });
    const value = '[18446744073709551615,-9223372036854775808,9007199254740993]';
    expect((await runQmp(['exec', path, 'x', `a=${value}`])).stdout).toBe(`${value}\n`);
  });

  it('ends well after quit, with or without a reply', async () => {
    const path = await startQmpPeer({ answer: ({ socket }) => void socket.end() });
    expect(await runQmp(['exec', path, 'quit'])).toEqual({ code: 0, stdout: '{}\n', stderr: '' });
  });
});
