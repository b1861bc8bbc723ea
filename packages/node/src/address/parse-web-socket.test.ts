import type { Address } from '@qmp/protocol';
import { describe, expect, it } from 'vitest';

import { parseAddress } from './parse-address.ts';
import { describeAddress } from './parsed-address.ts';

describe('a WebSocket', () => {
  it.each(['ws://localhost:4444/', 'ws://[::1]:4444', 'WS://vm.example/a/path?token=1'])('is named by %s', (url) => {
    const expected = { kind: 'websocket', url, tls: undefined };
    expect(parseAddress(url)).toEqual(expected);
    expect(parseAddress({ url, tls: false })).toEqual(expected);
    expect(describeAddress(parseAddress(url))).toBe(url);
  });

  it('may be encrypted, with options of its own', () => {
    const url = 'wss://vm.example/';
    expect(parseAddress(url)).toEqual({ kind: 'websocket', url, tls: {} });
    expect(parseAddress({ url, tls: true })).toEqual({ kind: 'websocket', url, tls: {} });
    const tls = { servername: 'vm' };
    expect(parseAddress({ url, tls })).toEqual({ kind: 'websocket', url, tls });
  });

  const expected = 'expected a URL such as "ws://localhost:4444/" or "wss://vm.example/path"';

  it.each([
    ['ws://', `"ws://": its WebSocket URL cannot be read; ${expected}`],
    ['ws://localhost:99999/', `"ws://localhost:99999/": its WebSocket URL cannot be read; ${expected}`],
    ['ws://localhost:0/', '"ws://localhost:0/": port 0 is for listening only; expected the port of the server'],
    ['ws://localhost/#top', `"ws://localhost/#top": it has a fragment, which means nothing here; ${expected}`],
    [
      'wss://user:c0ffee@localhost/',
      `"wss://(not shown)@localhost/": it holds a user or a password, which WebSockets do not send; ${expected}`,
    ],
    [{ url: 'http://localhost/' }, `{ url: 'http://localhost/' }: its WebSocket URL cannot be read; ${expected}`],
    [{ url: 80 }, `{ url: 80 }: its WebSocket URL cannot be read; ${expected}`],
    [
      { url: 'ws://localhost/', tls: true },
      `{ url: 'ws://localhost/', tls: true }: "ws:" is not encrypted; expected a "wss:" URL beside tls`,
    ],
    [
      { url: 'wss://localhost/', tls: { cafe: 'c0ffee' } },
      expect.stringContaining(`tls: '(not shown)' }: there is no TLS option "cafe"`) as string,
    ],
  ])('is not named by %j', (address, message) => {
    expect(() => parseAddress(address as Address)).toThrow(
      expect.objectContaining({
        name: 'AddressError',
        message: typeof message === 'string' ? `Cannot use the address ${message}` : message,
      }),
    );
  });
});
