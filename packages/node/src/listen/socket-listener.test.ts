import { createServer } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';

import type { Transport } from '@qmp/protocol';
import { describe, expect, it, onTestFinished } from 'vitest';

import { dial } from '../dial/dial.ts';
import { patient, readAll, temporaryFolder } from '../sockets.test-kit.ts';
import { SocketListener } from './socket-listener.ts';

const EARLY_LIMIT = 16;

async function setUp(backlog?: number): Promise<{
  listener: SocketListener;
  server: ReturnType<typeof createServer>;
  call: (name?: string) => Promise<Transport>;
}> {
  const address = { kind: 'unix', path: join(temporaryFolder(), 's') } as const;
  const server = createServer();
  server.listen(address.path);
  await once(server, 'listening');
  const listener = new SocketListener(server, address, backlog);
  onTestFinished(() => listener.close());
  return {
    listener,
    server,
    async call(name = '') {
      const arrived = once(server, 'connection');
      const transport = await dial(address, { signal: patient });
      onTestFinished(() => transport.abort());
      if (name !== '') await transport.write(Buffer.from(name));
      await arrived;
      return transport;
    },
  };
}

async function nameOf(peer: Transport): Promise<string> {
  const { value } = (await peer.readable[Symbol.asyncIterator]().next()) as IteratorYieldResult<Uint8Array>;
  peer.abort();
  return Buffer.from(value).toString();
}

describe('accept', () => {
  it('gives peers that came early, in their order', async () => {
    const { listener, call } = await setUp();
    for (const name of ['a', 'b', 'c']) await call(name);
    const names: string[] = [];
    for (let count = 0; count < 3; count += 1) names.push(await nameOf(await listener.accept({ signal: patient })));
    expect(names).toEqual(['a', 'b', 'c']);
  });

  it('gives each peer to whoever has waited longest', async () => {
    const { listener, call } = await setUp();
    const first = listener.accept({ signal: patient });
    const second = listener.accept({ signal: patient });
    await call('a');
    await call('b');
    expect(await nameOf(await first)).toBe('a');
    expect(await nameOf(await second)).toBe('b');
  });

  it('describes a peer over TCP by its own address', async () => {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const listener = new SocketListener(server, { kind: 'tcp', host: '127.0.0.1', port: 0 });
    onTestFinished(() => listener.close());
    const port = Number(listener.description.split(':').at(-1));
    const client = await dial({ kind: 'tcp', host: '127.0.0.1', port }, { signal: patient });
    onTestFinished(() => client.abort());
    const peer = await listener.accept({ signal: patient });
    expect(peer.description).toMatch(/^tcp:127\.0\.0\.1:\d+$/);
    expect(peer.description).not.toBe(listener.description);
  });

  it('hangs up on peers who come when too many wait already', async () => {
    const { listener, call } = await setUp();
    for (let count = 0; count < EARLY_LIMIT; count += 1) await call(`${count}`);
    const oneTooMany = await call();
    expect(await readAll(oneTooMany)).toHaveLength(0);
    expect(await nameOf(await listener.accept({ signal: patient }))).toBe('0');
    await call('next');
    for (let count = 1; count < EARLY_LIMIT; count += 1) await listener.accept({ signal: patient });
    expect(await nameOf(await listener.accept({ signal: patient }))).toBe('next');
  });

  it('lets as many wait as it is told to', async () => {
    const { listener, call } = await setUp(1);
    await call('first');
    expect(await readAll(await call())).toHaveLength(0);
    expect(await nameOf(await listener.accept({ signal: patient }))).toBe('first');
  });

  it('rejects with the reason of its signal, and takes no peer then', async () => {
    const { listener, call } = await setUp();
    const controller = new AbortController();
    const reason = new Error('never mind');
    const accepting = listener.accept({ signal: controller.signal });
    controller.abort(reason);
    await expect(accepting).rejects.toBe(reason);
    await expect(listener.accept({ signal: controller.signal })).rejects.toBe(reason);
    await call('a');
    expect(await nameOf(await listener.accept({ signal: patient }))).toBe('a');
  });

  it('rejects when the system could not accept, and goes on after that', async () => {
    const { listener, server, call } = await setUp();
    const accepting = listener.accept({ signal: patient });
    const error = new Error('accept EMFILE');
    server.emit('error', error);
    await expect(accepting).rejects.toBe(error);
    server.emit('error', new Error('heard by nobody'));
    await call('a');
    expect(await nameOf(await listener.accept({ signal: patient }))).toBe('a');
  });
});

describe('close', () => {
  it('ends a pending accept with a clear error, and every later one', async () => {
    const { listener } = await setUp();
    const accepting = listener.accept({ signal: patient });
    await listener.close();
    const closed = {
      name: 'ListenError',
      code: 'ECANCELED',
      message: `the listener at ${listener.description} is closed`,
    };
    await expect(accepting).rejects.toMatchObject(closed);
    await expect(listener.accept({ signal: patient })).rejects.toMatchObject(closed);
    await listener.close();
  });

  it('hangs up on peers that were not accepted, and keeps those that were', async () => {
    const { listener, call } = await setUp();
    const accepted = await call('a');
    const early = await call();
    const peer = await listener.accept({ signal: patient });
    await listener.close();
    expect(await readAll(early)).toHaveLength(0);
    await peer.write(Buffer.from('still here'));
    expect(Buffer.from((await accepted.readable[Symbol.asyncIterator]().next()).value as Uint8Array).toString()).toBe(
      'still here',
    );
    peer.abort();
  });

  it('does not wait for accepted peers to leave', async () => {
    const { listener, call, server } = await setUp();
    await call('a');
    const peer = await listener.accept({ signal: patient });
    await listener.close();
    expect(server.listening).toBe(false);
    peer.abort();
  });
});
