import { nodeConnector } from '@qmp/node';
import { Deferred } from '@qmp/protocol/wait';
import { transportPair } from '@qmp/protocol/testing';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { JsonRpcPeer } from './json-rpc-peer.ts';
import { connectedPeers, scriptedPeer, ScriptedPeer } from './json-rpc-peer.test-kit.ts';
import { RpcError } from './rpc-error.ts';

describe('a request', () => {
  it('is answered in both directions', async () => {
    const [left, right] = await connectedPeers();
    right.onRequest('add', (params) => (params as readonly number[]).reduce((sum, number) => sum + number));
    left.onRequest('echo', (params) => Promise.resolve(params));
    expect(await left.request('add', [1, 2, 3])).toBe(6);
    expect(await right.request('echo', { text: '☃', big: 2n ** 63n })).toEqual({ text: '☃', big: 2n ** 63n });
  });

  it('may be answered by asking back', async () => {
    const [left, right] = await connectedPeers();
    left.onRequest('name', () => 'left');
    right.onRequest('greet', async () => ['hello', await right.request('name')]);
    expect(await left.request('greet')).toEqual(['hello', 'left']);
  });

  it('does not wait for others that take longer', async () => {
    const [left, right] = await connectedPeers();
    const slow = new Deferred<string>();
    right.onRequest('slow', () => slow.promise);
    right.onRequest('fast', () => {});
    const first = left.request('slow');
    expect(await left.request('fast')).toBeNull();
    slow.resolve('done');
    expect(await first).toBe('done');
  });

  it('gets the error that its handler throws, with its data', async () => {
    const [left, right] = await connectedPeers();
    right.onRequest('pay', () => {
      throw new RpcError('not enough money', { number: 402, data: { missing: 5 } });
    });
    await expect(left.request('pay')).rejects.toMatchObject({
      name: 'RpcError',
      message: 'pay: not enough money',
      number: 402,
      data: { missing: 5 },
    });
  });

  it('does not get to know what else went wrong over there', async () => {
    const error = vi.fn<(message: string, details?: object) => void>();
    const [near, far] = transportPair();
    const left = new JsonRpcPeer();
    const right = new JsonRpcPeer({ logger: { debug() {}, info() {}, warn() {}, error } });
    await Promise.all([left.connect(near), right.connect(far)]);
    right.onRequest('break', () => Promise.reject(new Error('the password is 1234')));
    await expect(left.request('break')).rejects.toMatchObject({ message: 'break: Internal error', number: -32_603 });
    expect(error.mock.calls[0]?.[0]).toContain('the handler of break failed: the password is 1234');
    await left.disconnect();
  });

  it('is refused where there is no such method', async () => {
    const [left] = await connectedPeers();
    await expect(left.request('none')).rejects.toMatchObject({
      message: 'none: There is no method none',
      number: -32_601,
    });
  });
});

it('works over a socket, one side listening', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'json-rpc-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const address = join(folder, 'socket');
  const server = new JsonRpcPeer({ connector: nodeConnector });
  const client = new JsonRpcPeer({ connector: nodeConnector });
  server.onRequest('hello', () => 'world');
  await server.startServer(address);
  await Promise.all([server.accept(), client.connect(address)]);
  expect(await client.request('hello')).toBe('world');
  await client.disconnect();
  await expect(server.closed).resolves.toMatchObject({ error: { name: 'EndOfStreamError' } });
});

describe('a request that is given up', () => {
  it('is cancelled on the other side, and the session goes on', async () => {
    const [left, right] = await connectedPeers();
    const cancelled = new Deferred<unknown>();
    right.onRequest('wait', (_params, { signal }) => {
      signal.addEventListener('abort', () => cancelled.resolve(signal.reason));
      return new Promise(() => {});
    });
    right.onRequest('ping', () => 'pong');
    await expect(left.request('wait', [], { timeoutMs: 1 })).rejects.toMatchObject({
      name: 'TimeoutError',
      message: 'Timed out after 1 ms waiting for the reply to wait',
    });
    expect(await cancelled.promise).toMatchObject({ name: 'AbortError' });
    expect(await left.request('ping')).toBe('pong');
  });

  it('throws the reason of its signal, and drops the late reply', async () => {
    const { peer, script } = await scriptedPeer();
    const controller = new AbortController();
    const request = peer.request('wait', undefined, { signal: controller.signal });
    expect(await script.hear()).toEqual({ jsonrpc: '2.0', id: 1, method: 'wait' });
    controller.abort('enough');
    await expect(request).rejects.toBe('enough');
    expect(await script.hear()).toEqual({ jsonrpc: '2.0', method: '$/cancelRequest', params: { id: 1 } });
    script.say('{"jsonrpc":"2.0","id":1,"error":{"code":-32800,"message":"cancelled"}}');
    const next = peer.request('next');
    script.say('{"jsonrpc":"2.0","id":2,"result":2}');
    expect(await next).toBe(2);
  });

  it('sends nothing when its signal has aborted before', async () => {
    const { peer, script } = await scriptedPeer();
    await expect(peer.request('never', [], { signal: AbortSignal.abort('too late') })).rejects.toBe('too late');
    void peer.notify('first');
    expect(await script.hear()).toMatchObject({ method: 'first' });
  });

  it('answers a cancelled request whose handler minds the signal', async () => {
    const { peer, script } = await scriptedPeer();
    peer.onRequest('wait', (_params, { signal }) => {
      return new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason as Error));
      });
    });
    script.say('{"jsonrpc":"2.0","id":"a","method":"wait"}');
    script.say('{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":"a"}}');
    script.say('{"jsonrpc":"2.0","method":"$/cancelRequest"}');
    expect(await script.hear()).toMatchObject({ id: 'a', error: { code: -32_800 } });
  });
});

describe('the end of the session', () => {
  it('rejects what is pending with its cause, and aborts what is in progress', async () => {
    const [left, right] = await connectedPeers();
    const aborted = new Deferred<unknown>();
    right.onRequest('wait', (_params, { signal }) => {
      signal.addEventListener('abort', () => aborted.resolve(signal.reason));
      return left.disconnect().then(() => 'nobody gets this');
    });
    await expect(left.request('wait')).rejects.toMatchObject({
      name: 'RequestInterruptedError',
      cause: { name: 'DisconnectedError' },
    });
    expect(await aborted.promise).toMatchObject({ name: 'EndOfStreamError' });
    await expect(right.disconnect()).rejects.toMatchObject({ name: 'EndOfStreamError' });
  });

  it('hands the reason of an abort on', async () => {
    const [left] = await connectedPeers();
    const reason = new Error('enough');
    const request = left.request('wait');
    left.abort(reason);
    await expect(request).rejects.toMatchObject({ name: 'RequestInterruptedError', cause: reason });
    await expect(left.request('wait')).rejects.toMatchObject({ name: 'StateError' });
  });

  it('keeps a late reply out of the next session', async () => {
    const { peer, script } = await scriptedPeer();
    const slow = new Deferred<string>();
    peer.onRequest('slow', () => slow.promise);
    script.say('{"jsonrpc":"2.0","id":1,"method":"slow"}');
    await peer.disconnect();
    const [near, far] = transportPair();
    await peer.connect(near);
    slow.resolve('for the first session');
    await slow.promise;
    void peer.notify('hello');
    expect(await new ScriptedPeer(far).hear()).toEqual({ jsonrpc: '2.0', method: 'hello' });
  });
});

describe('a notification', () => {
  it('arrives in order, and one whose handler fails harms nobody', async () => {
    const [left, right] = await connectedPeers();
    const heard: unknown[] = [];
    right.onNotification('say', (params) => heard.push(params));
    right.onNotification('fail', () => {
      throw new Error('my fault');
    });
    right.onRequest('sync', () => {});
    await left.notify('say', ['one']);
    await left.notify('fail');
    await left.notify('unknown');
    await left.notify('say', ['two']);
    await left.request('sync');
    expect(heard).toEqual([['one'], ['two']]);
  });
});
