import { join } from 'node:path';

import { type Address, AddressError } from '@qmp/protocol';
import { describe, expect, it } from 'vitest';

import { nodeConnector } from './node-connector.ts';
import { patient, readAll, temporaryFolder } from './sockets.test-kit.ts';

it('listens and dials, by text or by object', async () => {
  const path = join(temporaryFolder(), 's');
  const listener = await nodeConnector.listen({ path }, { signal: patient });
  const dialing = nodeConnector.dial(`unix:${path}`, { signal: patient });
  const [server, client] = await Promise.all([listener.accept({ signal: patient }), dialing]);
  await client.write(Buffer.from('hello'));
  await Promise.all([client.close(), server.close()]);
  expect((await readAll(server)).toString()).toBe('hello');
  await listener.close();
});

describe.each(['dial', 'listen'] as const)('%s', (method) => {
  it.each(['vm.sock', '', 'tls:host', null, {}])('throws at the call for the address %j', (address) => {
    const attempt = (): unknown => nodeConnector[method](address as Address, { signal: patient });
    expect(attempt).toThrow(AddressError);
  });
});

it.each(['localhost:0', 'tls:localhost:0'])('throws at the call when %s is to be dialed', (address) => {
  expect(() => nodeConnector.dial(address, { signal: patient })).toThrow(
    `Cannot use the address "${address}": port 0 is for listening only; expected the port that the listener was given`,
  );
});

it('throws at the call when a WebSocket is to be listened at', () => {
  expect(() => nodeConnector.listen('ws://localhost:4444/', { signal: patient })).toThrow(
    'Cannot use the address "ws://localhost:4444/": to listen for WebSockets takes an HTTP server; expected a socket, and a relay in front of it',
  );
});
