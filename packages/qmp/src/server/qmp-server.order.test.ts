import type { TransportPairOptions } from '@qmp/protocol/testing';
import { describe, expect, it } from 'vitest';

import { everythingDelivered, LineClient, newServer } from './server.test-kit.ts';

/** A server whose command "slow" ends when the test says so. */
async function slowServer(
  enable: readonly string[] = ['oob'],
  link: TransportPairOptions = {},
): Promise<{ client: LineClient; finish: () => void }> {
  const waiting: (() => void)[] = [];
  const server = newServer({
    handlers: {
      slow: () => new Promise<void>((resolve) => waiting.push(resolve)),
      quick: () => undefined,
    },
  });
  const client = await LineClient.negotiated(server, enable, link);
  return { client, finish: () => waiting.shift()?.() };
}

function quick(count: number): string {
  return Array.from({ length: count }, (_, index) => `{"execute":"quick","id":${index}}`).join('');
}

function ids(lines: readonly (string | undefined)[]): unknown[] {
  return lines.map((line) => (JSON.parse(line ?? '{}') as { id?: unknown }).id);
}

const SLOW = '{"execute":"slow","id":"slow"}';
const OOB = '{"exec-oob":"quick","id":"oob"}';

describe('commands', () => {
  it('are carried out one after the other, whatever they take', async () => {
    const { client, finish } = await slowServer([]);
    client.send(`${quick(1)}${SLOW}${quick(3)}${SLOW}`);
    expect(ids(await client.unreadLines())).toEqual([0]);
    finish();
    expect(ids(await client.unreadLines())).toEqual(['slow', 0, 1, 2]);
    finish();
    expect(ids(await client.unreadLines())).toEqual(['slow']);
  });

  it('by the thousand are all answered, in order', async () => {
    const { client } = await slowServer([]);
    client.send(quick(5_000));
    expect(ids(await client.lines(5_000))).toEqual(Array.from({ length: 5_000 }, (_, index) => index));
  });

  it('behind a slow one wait for it, however many they are, and so does the link', async () => {
    const { client, finish } = await slowServer([], { chunkBytes: () => 65_536 });
    const many = 40_000;
    client.send(`${SLOW}${quick(many)}`);
    await everythingDelivered();
    let isTaken = false;
    const written = Promise.resolve(client.link.write(new Uint8Array(1))).then(() => {
      isTaken = true;
    });
    await everythingDelivered();
    expect(isTaken).toBe(false);
    finish();
    expect(ids(await client.lines(many + 1)).at(-1)).toBe(many - 1);
    await written;
  });

  it('and what cannot be read are answered in one order', async () => {
    const { client, finish } = await slowServer(['oob']);
    client.send(`${SLOW}{"execute":foo}${OOB}${quick(1)}`);
    expect(ids(await client.unreadLines())).toEqual(['oob']);
    finish();
    expect(ids(await client.unreadLines())).toEqual(['slow', undefined, 0]);
  });
});

describe('out of band a command', () => {
  it('overtakes others once that is enabled', async () => {
    const { client, finish } = await slowServer();
    client.send(`${SLOW}${quick(2)}${OOB}`);
    expect(ids(await client.unreadLines())).toEqual(['oob']);
    finish();
    expect(ids(await client.unreadLines())).toEqual(['slow', 0, 1]);
  });

  it('overtakes none, and is no command, before', async () => {
    const { client, finish } = await slowServer([]);
    client.send(`${SLOW}${OOB}`);
    expect(await client.unreadLines()).toEqual([]);
    finish();
    expect(await client.lines(2)).toEqual([
      '{"return": {}, "id": "slow"}',
      `{"id": "oob", "error": {"class": "GenericError", "desc": "QMP input member 'exec-oob' is unexpected"}}`,
    ]);
  });

  it('that takes its time holds up none', async () => {
    const { client, finish } = await slowServer();
    client.send('{"exec-oob":"slow","id":"slow oob"}');
    client.send(`${OOB}${quick(1)}`);
    expect(ids(await client.unreadLines())).toEqual(['oob', 0]);
    finish();
    expect(ids(await client.unreadLines())).toEqual(['slow oob']);
  });

  it('overtakes as long as 7 wait behind one, as with QEMU', async () => {
    const { client, finish } = await slowServer();
    client.send(`${SLOW}${quick(7)}${OOB}`);
    expect(ids(await client.unreadLines())).toEqual(['oob']);
    finish();
    expect(ids(await client.unreadLines())).toEqual(['slow', 0, 1, 2, 3, 4, 5, 6]);
  });

  it('is read when there is a place again, if 8 wait', async () => {
    const { client, finish } = await slowServer();
    client.send(`${SLOW}${quick(8)}${OOB}`);
    expect(await client.unreadLines()).toEqual([]);
    finish();
    expect(ids(await client.unreadLines())).toEqual(['slow', 'oob', 0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it('comes later by as many as there are more', async () => {
    const { client, finish } = await slowServer();
    client.send(`${SLOW}${quick(9)}${OOB}`);
    finish();
    await everythingDelivered();
    finish();
    expect(ids(await client.unreadLines())).toEqual(['slow', 0, 'oob', 1, 2, 3, 4, 5, 6, 7, 8]);
  });
});
