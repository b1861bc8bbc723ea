import { ConnectionLostError, DisconnectedError, TimeoutError } from '@qmp/protocol';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { rejectionOf } from '../client/scripted-server.test-kit.ts';
import type { QmpEvent } from '../schema/qapi-schema.ts';
import { event, LOST, newHub } from './event-hub.test-kit.ts';

describe('next', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  });
  afterEach(() => {
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });

  it('is armed when it returns, and takes the first such event only', async () => {
    const { hub } = newHub();
    const next = hub.next('STOP', { timeoutMs: 1_000 });
    const stop = event('STOP');
    hub.dispatch(event('RESUME'));
    hub.dispatch(stop);
    hub.dispatch(event('STOP'));
    expect(await next).toBe(stop);
  });

  it('takes any of several names, and any event without names', async () => {
    const { hub } = newHub();
    const either = hub.next(['STOP', 'RESUME']);
    const any = hub.next([]);
    hub.dispatch(event('X'));
    hub.dispatch(event('RESUME'));
    expect((await either).event).toBe('RESUME');
    expect((await any).event).toBe('X');
  });

  it('takes only what its filter accepts', async () => {
    const { hub } = newHub();
    const asked: unknown[] = [];
    const where = (candidate: QmpEvent): boolean => {
      asked.push(candidate.data?.['n']);
      return candidate.data?.['n'] === 2;
    };
    const next = hub.next('TICK', { where });
    hub.dispatch(event('OTHER', { n: 2 }));
    for (const n of [1, 2, 3]) hub.dispatch(event('TICK', { n }));
    expect((await next).data).toEqual({ n: 2 });
    expect(asked).toEqual([1, 2]);
  });

  it('rejects with what its filter throws, and harms nobody else', async () => {
    const { hub, reports } = newHub();
    const bad = hub.next('STOP', {
      timeoutMs: 1_000,
      where: () => {
        throw new Error('bad filter');
      },
    });
    const good = hub.next('STOP');
    hub.dispatch(event('STOP'));
    await expect(bad).rejects.toThrow('bad filter');
    expect((await good).event).toBe('STOP');
    expect(reports).toEqual([]);
  });

  it.each<[string | string[], string]>([
    ['STOP', 'Timed out after 20 ms waiting for the event STOP'],
    [['STOP', 'RESUME'], 'Timed out after 20 ms waiting for the event STOP or RESUME'],
    [[], 'Timed out after 20 ms waiting for an event'],
  ])('times out, naming what it waited for: %j', async (names, text) => {
    const { hub } = newHub();
    const timeout = rejectionOf(hub.next(names, { timeoutMs: 20 }), TimeoutError);
    await vi.advanceTimersByTimeAsync(20);
    expect((await timeout).message).toBe(text);
  });

  it('throws the reason of its signal, also of one that has aborted already', async () => {
    const { hub } = newHub();
    const controller = new AbortController();
    const next = hub.next('STOP', { signal: controller.signal, timeoutMs: 1_000 });
    controller.abort('enough');
    await expect(next).rejects.toBe('enough');
    await expect(hub.next('STOP', { signal: controller.signal })).rejects.toBe('enough');
  });

  it('refuses a timeout that is none', async () => {
    const { hub } = newHub();
    await expect(hub.next('STOP', { timeoutMs: -1 })).rejects.toBeInstanceOf(RangeError);
  });

  it('rejects when the session is lost, with the cause of death as the cause', async () => {
    const { hub } = newHub();
    const next = hub.next('STOP', { timeoutMs: 1_000 });
    hub.end(LOST);
    const loss = await rejectionOf(next, ConnectionLostError);
    expect(loss.message).toBe('The session was lost while waiting for the event STOP: cable cut');
    expect(loss.cause).toBe(LOST.error);
  });

  it('rejects when this side disconnects or aborts', async () => {
    const { hub } = newHub();
    const disconnected = rejectionOf(hub.next('STOP'), DisconnectedError);
    hub.end({ kind: 'disconnected' });
    expect((await disconnected).message).toBe('Disconnected while waiting for the event STOP');
    const reason = { why: 'test' };
    const aborted = rejectionOf(hub.next([]), DisconnectedError);
    hub.end({ kind: 'aborted', reason });
    expect((await aborted).cause).toBe(reason);
  });

  it('rejects at once while the session is lost', async () => {
    const { hub, life } = newHub();
    life.loss = LOST.error;
    const loss = await rejectionOf(hub.next('STOP', { timeoutMs: 1_000 }), ConnectionLostError);
    expect(loss.cause).toBe(LOST.error);
  });

  it('waits, while there is no session, for the next one', async () => {
    const { hub } = newHub();
    hub.end(LOST);
    const next = hub.next('STOP');
    hub.dispatch(event('STOP'));
    expect((await next).event).toBe('STOP');
  });

  it('does not remember a wait that is over', async () => {
    const { hub } = newHub();
    const waits = Array.from({ length: 1_000 }, () => hub.next('STOP'));
    hub.dispatch(event('STOP'));
    await Promise.all(waits);
    const where = vi.fn<() => boolean>(() => true);
    void hub.next('STOP', { where });
    hub.dispatch(event('STOP'));
    hub.dispatch(event('STOP'));
    expect(where).toHaveBeenCalledOnce();
  });
});
