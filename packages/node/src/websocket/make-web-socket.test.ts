import process from 'node:process';

import { afterEach, describe, expect, it, vi } from 'vitest';

import { runtime } from '../runtime.test-kit.ts';
import { webSocketFault } from './web-socket-fault.ts';
import { makeWebSocket } from './make-web-socket.ts';

const missing = Object.assign(new Error("Cannot find package 'ws'"), { code: 'ERR_MODULE_NOT_FOUND' });
const url = 'wss://vm.example/';

class PlatformWebSocket {
  readonly parameters: readonly unknown[];

  constructor(...parameters: readonly unknown[]) {
    this.parameters = parameters;
  }
}

describe('without the npm package ws', () => {
  afterEach(() => vi.unstubAllGlobals());

  it.for([
    [{}, 'wss://vm.example/ with TLS options', { servername: 'vm' }],
    [{ WebSocket: undefined }, 'wss://vm.example/ on this version of Node', {}],
  ] as const)('what takes it fails and names it', ([globals, what, tls], { skip }) => {
    skip(runtime === 'Bun', "Bun's own WebSocket takes all of it");
    vi.stubGlobal('WebSocket', PlatformWebSocket);
    if ('WebSocket' in globals) Reflect.deleteProperty(globalThis, 'WebSocket');
    const make = (): unknown => makeWebSocket({ kind: 'websocket', url, tls }, missing, vi.fn());
    expect(make).toThrow(
      expect.objectContaining({
        name: 'DialError',
        code: 'ERR_MODULE_NOT_FOUND',
        address: url,
        cause: missing,
        message: `${what} takes the npm package "ws", which cannot be loaded (ERR_MODULE_NOT_FOUND): npm install ws`,
      }),
    );
  });

  it('the platform’s own is taken', () => {
    vi.stubGlobal('WebSocket', PlatformWebSocket);
    const socket = makeWebSocket({ kind: 'websocket', url, tls: { ca: undefined } }, missing, vi.fn());
    expect(socket).toMatchObject({ parameters: [url] });
  });

  it('Bun’s own takes the TLS options', () => {
    vi.stubGlobal('WebSocket', PlatformWebSocket);
    const tls = { ca: 'authority', servername: 'vm', dangerouslyAcceptAnyCertificate: true };
    const versions = vi.spyOn(process, 'versions', 'get').mockReturnValue({ ...process.versions, bun: '1.4.5' });
    const socket = makeWebSocket({ kind: 'websocket', url, tls }, missing, vi.fn());
    versions.mockRestore();
    expect(socket).toMatchObject({
      parameters: [url, { tls: { ca: 'authority', servername: 'vm', rejectUnauthorized: false } }],
    });
  });
});

it('says what a platform leaves to say that hides why', async () => {
  const hidden = new Error('cannot open wss://vm.example/: the platform hides why', { cause: new TypeError('') });
  await expect(webSocketFault({ kind: 'websocket', url, tls: {} }, hidden)).resolves.toMatchObject({
    code: 'WEBSOCKET_NOT_OPENED',
    message: 'cannot open wss://vm.example/: the platform hides why (WEBSOCKET_NOT_OPENED)',
  });
});
