import { describe, expect, it } from 'vitest';
import { scriptedPeer } from './json-rpc-peer.test-kit.ts';

describe('what a JsonRpcPeer answers', () => {
  it.each([
    ['{"jsonrpc":', { id: null, error: { code: -32_700 } }],
    ['1', { id: null, error: { code: -32_600, message: 'Expected an object' } }],
    ['[]', { id: null, error: { code: -32_600, message: 'Expected an object' } }],
    ['{"id":1,"method":"m"}', { id: 1, error: { code: -32_600, message: 'Expected "jsonrpc": "2.0"' } }],
    [
      '{"jsonrpc":"2.0","id":[],"method":"m"}',
      { id: null, error: { code: -32_600, message: 'Expected an id that is a string or a number' } },
    ],
    [
      '{"jsonrpc":"2.0","id":1,"method":2}',
      { id: 1, error: { code: -32_600, message: 'Expected a method that is a string' } },
    ],
    [
      '{"jsonrpc":"2.0","id":1,"method":"m","params":7}',
      { id: 1, error: { code: -32_600, message: 'Expected params that are an object or an array' } },
    ],
    [
      '{"jsonrpc":"2.0","id":1}',
      { id: 1, error: { code: -32_600, message: 'Expected a method, a result or an error' } },
    ],
    ['{"jsonrpc":"2.0","id":1,"error":"no"}', { id: 1, error: { code: -32_600 } }],
    ['{"jsonrpc":"2.0","id":1,"error":{"code":1}}', { id: 1, error: { code: -32_600 } }],
  ])('says what is wrong with %s', async (text, reply) => {
    const { script } = await scriptedPeer();
    script.say(text);
    expect(await script.hear()).toMatchObject({ jsonrpc: '2.0', ...reply });
  });

  it('answers a batch with a batch, once all of it is answered', async () => {
    const { peer, script } = await scriptedPeer();
    const notified: unknown[] = [];
    peer.onNotification('note', (params) => notified.push(params));
    peer.onRequest('slow', async () => {
      await Promise.resolve();
      return 'slow';
    });
    peer.onRequest('fast', () => 'fast');
    script.say(
      '[{"jsonrpc":"2.0","id":1,"method":"slow"}, {"jsonrpc":"2.0","method":"note","params":[1]}, 7,' +
        '{"jsonrpc":"2.0","id":"2","method":"fast"}]',
    );
    expect(await script.hear()).toEqual([
      { jsonrpc: '2.0', id: 1, result: 'slow' },
      { jsonrpc: '2.0', id: null, error: { code: -32_600, message: 'Expected an object' } },
      { jsonrpc: '2.0', id: '2', result: 'fast' },
    ]);
    expect(notified).toEqual([[1]]);
  });

  it('answers a batch of notifications, and of replies, with nothing', async () => {
    const { peer, script } = await scriptedPeer();
    const request = peer.request('ask');
    await script.hear();
    script.say('[{"jsonrpc":"2.0","method":"note"}, {"jsonrpc":"2.0","id":1,"result":null}]');
    expect(await request).toBeNull();
    void peer.notify('next');
    expect(await script.hear()).toMatchObject({ method: 'next' });
  });

  it('ends the session of a peer that asks on and on without taking the replies', async () => {
    const { peer, script } = await scriptedPeer();
    peer.onRequest('wait', () => new Promise(() => {}));
    script.say(
      `[${Array.from({ length: 10_001 }, (_, id) => `{"jsonrpc":"2.0","id":${id},"method":"wait"}`).join(',')}]`,
    );
    await expect(peer.closed).resolves.toMatchObject({ kind: 'lost', error: { name: 'ProtocolError' } });
  });
});
