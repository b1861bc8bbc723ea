import { transportPair } from '@qmp/protocol/testing';
import { type AnySchema, AddressError, QmpClient } from 'qmp';
import { QmpServer } from 'qmp/server';
import { expect, it, onTestFinished } from 'vitest';

function newServer(): QmpServer<AnySchema> {
  const server = new QmpServer<AnySchema>({ handlers: { echo: (args) => args } });
  onTestFinished(() => server.close());
  return server;
}

it('a server can live in a page, together with its clients', async () => {
  const server = newServer();
  const clients = await Promise.all(
    Array.from({ length: 3 }, async () => {
      const [near, far] = transportPair({ chunkBytes: () => 5 });
      server.serve(far);
      return await QmpClient.connect<AnySchema>(near);
    }),
  );
  const args = { text: 'tést ☃ 😀', number: 2n ** 64n - 1n };
  expect(await Promise.all(clients.map((client) => client.execute('echo', args)))).toEqual([args, args, args]);
  const seen = clients.map((client) => client.events.next('STOP'));
  server.emit('STOP');
  expect(await Promise.all(seen)).toHaveLength(3);
  await server.close();
  expect((await Promise.all(clients.map((client) => client.closed))).map(({ kind }) => kind)).toEqual([
    'lost',
    'lost',
    'lost',
  ]);
});

it('a page cannot listen, and is told so', async () => {
  await expect(newServer().listen('127.0.0.1:0')).rejects.toBeInstanceOf(AddressError);
});
