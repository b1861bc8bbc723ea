import { ConnectionLostError, DisconnectedError, TimeoutError } from '@qmp/protocol';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { rejectionOf } from '../client/scripted-server.test-kit.ts';
import type { QmpEvent } from '../schema/qapi-schema.ts';
import { EventHub } from './event-hub.ts';

interface Report {
  readonly error: unknown;
  readonly event: string;
}

function newHub(): { hub: EventHub; reports: Report[]; life: { loss: Error | undefined } } {
  const reports: Report[] = [];
  const life: { loss: Error | undefined } = { loss: undefined };
  const hub = new EventHub({
    lossInForce: () => life.loss,
    report: (error, { event: name }) => reports.push({ error, event: name }),
  });
  return { hub, reports, life };
}

let clock = 0;

function event(name: string, data?: { readonly [member: string]: number }): QmpEvent {
  clock += 1;
  return { event: name, timestamp: { seconds: clock, microseconds: 0 }, ...(data === undefined ? {} : { data }) };
}

async function namesOf(stream: AsyncIterable<QmpEvent>): Promise<string[]> {
  const names: string[] = [];
  for await (const { event: name } of stream) names.push(name);
  return names;
}

const LOST = { kind: 'lost', error: new Error('cable cut') } as const;

describe('on', () => {
  it('calls its listener for each event of that name, at once', () => {
    const { hub } = newHub();
    const seen: QmpEvent[] = [];
    hub.on('STOP', (stop) => seen.push(stop));
    const stops = [event('STOP'), event('STOP')];
    hub.dispatch(stops[0] as QmpEvent);
    expect(seen).toEqual([stops[0]]);
    hub.dispatch(event('RESUME'));
    hub.dispatch(stops[1] as QmpEvent);
    expect(seen).toEqual(stops);
  });

  it('takes several names, and calls once per event also where one is given twice', () => {
    const { hub } = newHub();
    const seen: string[] = [];
    hub.on(['STOP', 'RESUME', 'STOP'], (each) => seen.push(each.event));
    for (const name of ['STOP', 'X', 'RESUME']) hub.dispatch(event(name));
    expect(seen).toEqual(['STOP', 'RESUME']);
  });

  it('without names hears all', () => {
    const { hub } = newHub();
    const seen: string[] = [];
    const subscription = hub.on([], (each) => seen.push(each.event));
    for (const name of ['STOP', '', '__proto__']) hub.dispatch(event(name));
    subscription[Symbol.dispose]();
    hub.dispatch(event('X'));
    expect(seen).toEqual(['STOP', '', '__proto__']);
  });

  it('stops when it is disposed of, once or twice, and leaves the others', () => {
    const { hub } = newHub();
    const seen: string[] = [];
    const first = hub.on('STOP', () => seen.push('first'));
    hub.on('STOP', () => seen.push('second'));
    first[Symbol.dispose]();
    first[Symbol.dispose]();
    hub.dispatch(event('STOP'));
    expect(seen).toEqual(['second']);
  });

  it('counts the same listener twice when it is given twice', () => {
    const { hub } = newHub();
    const listener = vi.fn<(event: QmpEvent) => void>();
    const first = hub.on('STOP', listener);
    hub.on('STOP', listener);
    hub.dispatch(event('STOP'));
    expect(listener).toHaveBeenCalledTimes(2);
    first[Symbol.dispose]();
    hub.dispatch(event('STOP'));
    expect(listener).toHaveBeenCalledTimes(3);
  });

  it('goes on over all sessions', () => {
    const { hub } = newHub();
    const listener = vi.fn<(event: QmpEvent) => void>();
    hub.on('STOP', listener);
    hub.end(LOST);
    hub.end({ kind: 'disconnected' });
    hub.dispatch(event('STOP'));
    expect(listener).toHaveBeenCalledOnce();
  });

  it('may begin while the session is lost', () => {
    const { hub, life } = newHub();
    life.loss = LOST.error;
    const listener = vi.fn<(event: QmpEvent) => void>();
    hub.on('STOP', listener);
    life.loss = undefined;
    hub.dispatch(event('STOP'));
    expect(listener).toHaveBeenCalledOnce();
  });
});

describe('a listener that fails', () => {
  it('is reported and keeps nothing from the others', async () => {
    const { hub, reports } = newHub();
    const thrown = new Error('thrown');
    const seen: string[] = [];
    hub.on('STOP', () => {
      throw thrown;
    });
    hub.on('STOP', () => Promise.reject(new Error('rejected')));
    hub.on('STOP', () => seen.push('other'));
    hub.on([], () => seen.push('all'));
    const next = hub.next('STOP');
    hub.dispatch(event('STOP'));
    expect(seen).toEqual(['other', 'all']);
    await next;
    await vi.waitFor(() => expect(reports).toHaveLength(2));
    expect(reports).toEqual([
      { error: thrown, event: 'STOP' },
      { error: new Error('rejected'), event: 'STOP' },
    ]);
  });

  it('is heard again with the next event', () => {
    const { hub, reports } = newHub();
    hub.on('STOP', () => {
      throw new Error('again');
    });
    hub.dispatch(event('STOP'));
    hub.dispatch(event('STOP'));
    expect(reports.map((report) => report.error)).toEqual([new Error('again'), new Error('again')]);
  });
});

describe('within a dispatch', () => {
  it('a listener that was disposed of is not called any more', () => {
    const { hub } = newHub();
    const seen: string[] = [];
    hub.on('STOP', () => {
      seen.push('first');
      second[Symbol.dispose]();
      all[Symbol.dispose]();
    });
    const second = hub.on('STOP', () => seen.push('second'));
    const all = hub.on([], () => seen.push('all'));
    hub.on('STOP', () => seen.push('third'));
    hub.dispatch(event('STOP'));
    expect(seen).toEqual(['first', 'third']);
  });

  it('a listener may dispose of itself', () => {
    const { hub } = newHub();
    let calls = 0;
    const once = hub.on('STOP', () => {
      calls += 1;
      once[Symbol.dispose]();
    });
    hub.dispatch(event('STOP'));
    hub.dispatch(event('STOP'));
    expect(calls).toBe(1);
  });

  it('whoever begins to listen gets the next event, not this one', async () => {
    const { hub } = newHub();
    const first = event('STOP');
    const second = event('STOP');
    const seen: QmpEvent[] = [];
    const waits: Promise<QmpEvent>[] = [];
    const once = hub.on('STOP', () => {
      once[Symbol.dispose]();
      hub.on('STOP', (later) => seen.push(later));
      hub.on([], (later) => seen.push(later));
      waits.push(hub.next('STOP'));
    });
    hub.dispatch(first);
    hub.dispatch(second);
    expect(seen).toEqual([second, second]);
    expect(await waits[0]).toBe(second);
  });

  it('a filter whose wait was given up is not asked any more', async () => {
    const { hub } = newHub();
    const controller = new AbortController();
    const where = vi.fn<(event: QmpEvent) => boolean>();
    hub.on('STOP', () => controller.abort());
    const next = rejectionOf(hub.next('STOP', { signal: controller.signal, where }), DOMException);
    hub.dispatch(event('STOP'));
    await next;
    expect(where).not.toHaveBeenCalled();
  });

  it('an event that a listener sets off comes to all of them', () => {
    const { hub } = newHub();
    const seen: string[] = [];
    hub.on('STOP', () => hub.dispatch(event('NESTED')));
    hub.on([], (each) => seen.push(each.event));
    hub.dispatch(event('STOP'));
    expect(seen).toEqual(['NESTED', 'STOP']);
    expect(hub.history.map((each) => each.event)).toEqual(['STOP', 'NESTED']);
  });
});

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

describe('a stream', () => {
  it('begins when it is made, not when it is read', async () => {
    const { hub } = newHub();
    const stream = hub.of('STOP');
    hub.dispatch(event('STOP'));
    hub.dispatch(event('RESUME'));
    expect(stream.unread).toBe(1);
    hub.end({ kind: 'disconnected' });
    expect(await namesOf(stream)).toEqual(['STOP']);
  });

  it('is independent of the others', async () => {
    const { hub } = newHub();
    const streams = [hub.of(), hub.of('B', 'A', 'B'), hub[Symbol.asyncIterator]()];
    for (const name of ['A', 'B', 'C']) hub.dispatch(event(name));
    hub.end({ kind: 'disconnected' });
    expect(await Promise.all(streams.map((stream) => namesOf(stream)))).toEqual([
      ['A', 'B', 'C'],
      ['A', 'B'],
      ['A', 'B', 'C'],
    ]);
  });

  it('drops its oldest events beyond its limit and counts them', async () => {
    const { hub } = newHub();
    const stream = hub.of('A', 'B', 'C', { limit: 2 });
    for (const name of ['A', 'B', 'C']) hub.dispatch(event(name));
    expect(stream.lost).toBe(1);
    hub.end({ kind: 'disconnected' });
    expect(await namesOf(stream)).toEqual(['B', 'C']);
  });

  it('holds 10,000 unless told otherwise', () => {
    const { hub } = newHub();
    const stream = hub.of();
    for (let index = 0; index < 10_001; index++) hub.dispatch(event('A'));
    expect(stream.unread).toBe(10_000);
    expect(stream.lost).toBe(1);
  });

  it('refuses an array of names, which would read as options and so as all events', () => {
    const { hub } = newHub();
    expect(() => hub.of(['A'] as unknown as string)).toThrow(TypeError);
  });

  it.each([0, -1, Number.NaN])('refuses the limit %d', (limit) => {
    const { hub } = newHub();
    expect(() => hub.of({ limit })).toThrow(RangeError);
  });

  it('ends when its loop is left', async () => {
    const { hub } = newHub();
    const stream = hub.of();
    hub.dispatch(event('A'));
    hub.dispatch(event('B'));
    for await (const { event: name } of stream) {
      expect(name).toBe('A');
      break;
    }
    hub.dispatch(event('C'));
    expect(stream.unread).toBe(0);
    expect(await stream.next()).toEqual({ done: true, value: undefined });
  });

  it('gives what is unread and then throws the cause of death', async () => {
    const { hub } = newHub();
    const stream = hub.of();
    hub.dispatch(event('A'));
    hub.end(LOST);
    expect(await stream.next()).toMatchObject({ value: { event: 'A' } });
    await expect(stream.next()).rejects.toBe(LOST.error);
    expect(await stream.next()).toEqual({ done: true, value: undefined });
  });

  it('throws to a reader who waits when the session is lost', async () => {
    const { hub } = newHub();
    const reading = hub.of().next();
    hub.end(LOST);
    await expect(reading).rejects.toBe(LOST.error);
  });

  it('throws a DisconnectedError with the reason as its cause after abort()', async () => {
    const { hub } = newHub();
    const stream = hub.of();
    hub.end({ kind: 'aborted', reason: 'enough' });
    const aborted = await rejectionOf(stream.next(), DisconnectedError);
    expect(aborted.cause).toBe('enough');
    expect(aborted.message).toBe('The session was aborted: enough');
  });

  it('throws at once while the session is lost', async () => {
    const { hub, life } = newHub();
    life.loss = LOST.error;
    await expect(hub.of('STOP').next()).rejects.toBe(LOST.error);
  });

  it('waits, while there is no session, for the next one', async () => {
    const { hub } = newHub();
    hub.end({ kind: 'disconnected' });
    const stream = hub.of();
    hub.dispatch(event('A'));
    hub.end({ kind: 'disconnected' });
    hub.dispatch(event('of another session'));
    expect(await namesOf(stream)).toEqual(['A']);
  });

  it('ends with its signal: what is unread, then the reason', async () => {
    const { hub } = newHub();
    const controller = new AbortController();
    const stream = hub.of({ signal: controller.signal });
    hub.dispatch(event('A'));
    controller.abort('enough');
    hub.dispatch(event('B'));
    expect(await stream.next()).toMatchObject({ value: { event: 'A' } });
    await expect(stream.next()).rejects.toBe('enough');
    expect(() => hub.of({ signal: controller.signal })).toThrow('enough');
  });

  it('leaves its signal alone when it ends', () => {
    const { hub } = newHub();
    const { signal } = new AbortController();
    const remove = vi.spyOn(signal, 'removeEventListener');
    hub.of({ signal })[Symbol.dispose]();
    expect(remove).toHaveBeenCalledOnce();
    hub.of({ signal });
    hub.end({ kind: 'disconnected' });
    expect(remove).toHaveBeenCalledTimes(2);
  });
});

describe('history', () => {
  it('holds the last 256 events, over all sessions, newest last', () => {
    const { hub } = newHub();
    expect(hub.history).toEqual([]);
    const events = Array.from({ length: 300 }, (_, n) => event('TICK', { n }));
    for (const each of events.slice(0, 100)) hub.dispatch(each);
    hub.end(LOST);
    for (const each of events.slice(100)) hub.dispatch(each);
    expect(hub.history).toEqual(events.slice(-256));
  });
});
