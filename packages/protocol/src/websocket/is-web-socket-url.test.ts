import { expect, it } from 'vitest';
import { isWebSocketUrl } from './is-web-socket-url.ts';

it.each(['ws://localhost:4444', 'wss://vm.example/', 'WS://[::1]:80/a/path?token=1'])('takes %s', (text) => {
  expect(isWebSocketUrl(text)).toBe(true);
});

it.each(['ws://', '/run/vm.sock', 'ws://localhost:99999', 'http://localhost/', 'tcp:localhost:4444', ''])(
  'does not take %j',
  (text) => {
    expect(isWebSocketUrl(text)).toBe(false);
  },
);
