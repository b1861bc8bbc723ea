import { TimeoutError } from '@qmp/protocol';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { converse, eventOf, everythingDelivered, rejectionOf, ScriptedServer } from './scripted-server.test-kit.ts';

describe('a timeout', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('ends the wait for a reply with what was waited for', async () => {
    const { client } = await converse();
    const timeout = rejectionOf(client.execute('query-status', undefined, { timeoutMs: 50 }), TimeoutError);
    await vi.advanceTimersByTimeAsync(50);
    expect(await timeout).toMatchObject({
      message: 'Timed out after 50 ms waiting for the reply to query-status',
      timeoutMs: 50,
    });
    expect(client.runstate).toBe('running');
  });

  it('is the default of the client unless the call says otherwise', async () => {
    const { client, server } = await converse({ timeoutMs: 100 });
    const byDefault = rejectionOf(client.execute('a'), TimeoutError);
    const shorter = rejectionOf(client.execute('b', undefined, { timeoutMs: 10 }), TimeoutError);
    const patient = client.execute('c', undefined, { timeoutMs: Infinity });
    const raw = rejectionOf(client.raw({ execute: 'd' }), TimeoutError);
    const rawPatient = client.raw({ execute: 'e' }, { timeoutMs: Infinity });
    await vi.advanceTimersByTimeAsync(10);
    expect((await shorter).timeoutMs).toBe(10);
    await vi.advanceTimersByTimeAsync(90);
    expect((await byDefault).timeoutMs).toBe(100);
    expect((await raw).message).toContain('the reply to d');
    await vi.advanceTimersByTimeAsync(1e9);
    server.send({ return: 'at last', id: 4 }, { return: 'at last', id: 6 });
    expect(await patient).toBe('at last');
    expect(await rawPatient).toEqual({ return: 'at last', id: 6 });
  });

  it('says so when the command has not even been sent', async () => {
    const { client, server } = await converse({}, 'oob');
    for (let index = 0; index < 8; index++) void client.execute('slow');
    const timeout = rejectionOf(client.execute('late', undefined, { timeoutMs: 50 }), TimeoutError);
    await vi.advanceTimersByTimeAsync(50);
    expect((await timeout).message).toBe(
      'Timed out after 50 ms waiting for room to send late (commands sent before it that have no reply yet: 8)',
    );
    server.send({ return: {}, id: 2 });
    void client.execute('next');
    await everythingDelivered();
    expect(server.received).toContain('"next"');
    expect(server.received).not.toContain('"late"');
  });

  it('leaves no timer behind, whatever the end of the wait', async () => {
    const { client, server } = await converse();
    const returned = client.execute('a', undefined, { timeoutMs: 50 });
    await server.answer();
    await returned;
    const refused = client.execute('b', undefined, { timeoutMs: 50 });
    await server.refuse('GenericError', 'no');
    await expect(refused).rejects.toThrow('no');
    await expect(client.executeRaw('c', { x: Number.NaN }, { timeoutMs: 50 })).rejects.toThrow('NaN');
    const interrupted = client.execute('d', undefined, { timeoutMs: 50 });
    client.abort();
    await expect(interrupted).rejects.toThrow('d: no reply');
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each([-1, Number.NaN])('of %d is refused before anything is sent', async (timeoutMs) => {
    const { client, server } = await converse();
    const refusal = await rejectionOf(client.execute('quit', undefined, { timeoutMs }), RangeError);
    expect(refusal.message).toBe(`timeoutMs is ${timeoutMs}; expected milliseconds, 0 or more`);
    await everythingDelivered();
    expect(server.received).toBe('');
  });
});

describe('a signal', () => {
  it('that has aborted already lets nothing be sent', async () => {
    const { client, server } = await converse();
    const reason = new Error('too late');
    const signal = AbortSignal.abort(reason);
    await expect(client.execute('a', undefined, { signal })).rejects.toBe(reason);
    await expect(client.raw({ execute: 'b' }, { signal })).rejects.toBe(reason);
    await everythingDelivered();
    expect(server.received).toBe('');
  });

  it('withdraws a command that waits for its turn', async () => {
    const { client, server } = await converse({}, 'oob');
    const first = Array.from({ length: 8 }, () => client.execute('slow'));
    const controller = new AbortController();
    const withdrawn = client.execute('withdrawn', undefined, { signal: controller.signal });
    const last = client.execute('last');
    const reason = { not: 'an error' };
    controller.abort(reason);
    await expect(withdrawn).rejects.toBe(reason);
    for (let index = 0; index < 9; index++) await server.answer();
    await Promise.all([...first, last]);
    expect(server.received).not.toContain('withdrawn');
  });

  it('withdraws also between two messages of one chunk', async () => {
    const { client, server } = await converse({}, 'oob');
    for (let index = 0; index < 8; index++) void client.execute('slow');
    const controller = new AbortController();
    client.events.on('STOP', () => controller.abort());
    const withdrawn = rejectionOf(client.execute('withdrawn', undefined, { signal: controller.signal }), DOMException);
    server.send(eventOf('STOP'), { return: {}, id: 2 });
    expect((await withdrawn).name).toBe('AbortError');
    await everythingDelivered();
    expect(server.received).not.toContain('withdrawn');
  });

  it('gives up the reply of a command that was sent, not the session', async () => {
    const { client, server } = await converse();
    const controller = new AbortController();
    const reason = Symbol('enough');
    const given = client.execute('slow', undefined, { signal: controller.signal });
    const other = client.execute('other');
    controller.abort(reason);
    await expect(given).rejects.toBe(reason);
    server.send({ return: 'late', id: 2 }, { return: 'mine', id: 3 });
    expect(await other).toBe('mine');
    expect(client.droppedReplies).toBe(1);
  });

  it('that aborts after the reply changes nothing', async () => {
    const { client, server } = await converse();
    const controller = new AbortController();
    const value = client.execute('a', undefined, { signal: controller.signal });
    await server.answer(1);
    expect(await value).toBe(1);
    controller.abort();
    expect(client.runstate).toBe('running');
  });

  it('is left alone when the wait is over', async () => {
    const { client, server } = await converse();
    const { signal } = new AbortController();
    const remove = vi.spyOn(signal, 'removeEventListener');
    const value = client.execute('a', undefined, { signal });
    await server.answer();
    await value;
    expect(remove).toHaveBeenCalledOnce();
  });
});

describe('a late reply', () => {
  it('is dropped, logged and counted, and never handed to somebody else', async () => {
    const warnings: string[] = [];
    const nothing = (): void => {};
    const logger = { debug: nothing, info: nothing, error: nothing, warn: (text: string) => void warnings.push(text) };
    const { client, server } = await converse({ name: 'vm0', logger });
    const controller = new AbortController();
    const given = client.execute('a', undefined, { signal: controller.signal });
    controller.abort('enough');
    await expect(given).rejects.toBe('enough');
    const next = client.execute('a');
    server.send({ return: 'late', id: 2 });
    await everythingDelivered();
    expect(client.droppedReplies).toBe(1);
    expect(warnings).toEqual(['vm0: dropped a reply that is late: {"return":"late","id":2}']);
    server.send({ return: 'right', id: 3 });
    expect(await next).toBe('right');
  });

  it('to a message without an id is not the reply to the next one', async () => {
    const { client, server } = await converse();
    const controller = new AbortController();
    const given = client.raw({ execute: 'a' }, { assignId: false, signal: controller.signal });
    controller.abort('enough');
    await expect(given).rejects.toBe('enough');
    await expect(client.raw({ execute: 'b' }, { assignId: false })).rejects.toThrow(
      'A message without an id is in use: its reply has not come yet',
    );
    server.send({ error: { class: 'GenericError', desc: 'late' } });
    await everythingDelivered();
    const next = client.raw({ execute: 'b' }, { assignId: false });
    server.send({ return: 'right' });
    expect(await next).toEqual({ return: 'right' });
    expect(client.runstate).toBe('running');
  });
});

describe('an unknown reply', () => {
  it.each([
    { return: 1, id: 99 },
    { return: 1, id: 'unknown' },
    { return: 1, id: null },
    { return: 1 },
    { error: { class: 'GenericError', desc: 'whose?' }, id: [1, {}] },
    { event: 5 },
    {},
  ])('such as %j is dropped, logged and counted', async (reply) => {
    const warn = vi.fn<(text: string) => void>();
    const nothing = (): void => {};
    const { client, server } = await converse({ logger: { debug: nothing, info: nothing, error: nothing, warn } });
    server.send(reply);
    await everythingDelivered();
    expect(client.droppedReplies).toBe(1);
    expect(warn.mock.calls).toEqual([
      [`QmpClient: dropped a reply that is to nothing that was asked: ${JSON.stringify(reply)}`],
    ]);
    expect(client.runstate).toBe('running');
  });

  it('is counted over all sessions', async () => {
    const { client, server } = await converse();
    server.send({ return: 1, id: 99 });
    await everythingDelivered();
    await client.disconnect();
    const next = new ScriptedServer();
    await next.welcome(client);
    next.send({ return: 1, id: 99 });
    await everythingDelivered();
    expect(client.droppedReplies).toBe(2);
  });
});
