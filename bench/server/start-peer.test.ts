import { QmpClient } from 'qmp';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { clients } from '../clients/clients.mjs';
import { buildNative } from '../native/build-native.mjs';
import { replies } from './replies.mjs';
import { type Peer, startPeer } from './start-peer.mjs';

const MEBIBYTE = 1024 * 1024;

const servers = [
  { language: 'JavaScript', kind: 'script-server', isMissing: false },
  { language: 'C', kind: 'server', isMissing: buildNative('server') === undefined },
] as const;

for (const { language, kind, isMissing } of servers) {
  describe.skipIf(isMissing)(
    `The server in ${language}${isMissing ? ' is left out: there is no C compiler (cc), so it' : ''}`,
    () => {
      let peer: Peer;
      beforeAll(async () => {
        peer = await startPeer(kind);
      });
      afterAll(async () => {
        await peer.stop();
      });

      /** Our client, ready for commands. */
      async function connected(options?: { readonly negotiate: boolean }): Promise<QmpClient> {
        const client = new QmpClient(options);
        await client.connect(`unix:${peer.path}`);
        onTestFinished(() => client.disconnect());
        return client;
      }

      it('gives each of many commands the reply with its id', async () => {
        const client = await connected();
        const commands = Array.from({ length: 600 }, (_, index) =>
          index % 60 === 0 ? 'x-bench-256k' : 'query-version',
        );
        const values = await Promise.all(commands.map((command) => client.executeRaw(command)));
        expect(values.map((value) => (Array.isArray(value) ? 'x-bench-256k' : 'query-version'))).toEqual(commands);
        expect(values[1]).toEqual({ qemu: { micro: 0, minor: 1, major: 11 }, package: '' });
      });

      it('gives an id back as it came', async () => {
        const client = await connected();
        const message = { execute: 'query-version', id: { deep: ['}"\\', 1.5, 9_223_372_036_854_775_807n] } };
        await expect(client.raw(message, { assignId: false })).resolves.toMatchObject({ id: message.id });
      });

      it('returns a 64-bit integer', async () => {
        const client = await connected();
        const nodes = (await client.executeRaw('x-bench-256k-exact')) as readonly Record<string, unknown>[];
        expect(nodes.at(-1)).toMatchObject({ 'max-bytes': 9_223_372_036_854_775_807n });
        expect(nodes.slice(0, -1).some((node) => 'max-bytes' in node)).toBe(false);
      });

      it('returns all of 16 MiB', async () => {
        const client = await connected();
        const nodes = (await client.executeRaw('x-bench-16m')) as readonly unknown[];
        const expected = JSON.parse(replies()['x-bench-16m'] ?? '') as readonly unknown[];
        expect(nodes.length).toBe(expected.length);
        expect(nodes.at(-1)).toEqual(expected.at(-1));
      });

      it('sends as many events as asked for, and not one more', async () => {
        const client = await connected();
        const stream = client.events.of();
        await client.executeRaw('x-bench-events', { count: 5_001 });
        for (let seen = 0; seen < 5_001; seen += 1) await stream.next();
        await client.executeRaw('query-version');
        expect(stream).toMatchObject({ unread: 0, lost: 0 });
      });

      it('answers commands in the middle of a flood', async () => {
        const client = await connected();
        const stream = client.events.of();
        await client.executeRaw('x-bench-events', { count: 200_000 });
        await client.executeRaw('query-version');
        expect(stream.unread + stream.lost).toBeLessThan(200_000);
      });

      it.each([
        ['qmp', 'streams'],
        ['qmp', 'listeners'],
        ['floor', 'listeners'],
        ['batched-floor', 'listeners'],
      ] as const)('floods %s, which has %s, with every fourth event of the counted name', async (name, by) => {
        const client = await clients.get(name)?.();
        const session = await client?.connect(peer.path);
        const counted = session?.countEvents(8_000, by);
        await session?.execute('x-bench-events', { count: 8_000 });
        await expect(counted).resolves.toBeUndefined();
        await session?.close();
      });

      it('refuses a command before the negotiation', async () => {
        const client = await connected({ negotiate: false });
        await expect(client.executeRaw('query-version')).rejects.toMatchObject({ errorClass: 'CommandNotFound' });
      });

      it('refuses a command that it does not know', async () => {
        const client = await connected();
        await expect(client.executeRaw('make-coffee')).rejects.toThrow('does not know this command');
      });
    },
  );
}

describe('what the servers return', () => {
  it('is as long as promised, to within a block node', () => {
    const lengths = Object.entries(replies()).map(([command, { length }]) => [command, length / MEBIBYTE]);
    expect(Object.fromEntries(lengths)).toEqual({
      'query-version': expect.closeTo(0, 2) as number,
      'x-bench-256k': expect.closeTo(0.25, 2) as number,
      'x-bench-256k-exact': expect.closeTo(0.25, 2) as number,
      'x-bench-16m': expect.closeTo(16, 2) as number,
    });
  });
});
