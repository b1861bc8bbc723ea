import { describe, expect, it, vi } from 'vitest';
import { rejectionOf } from '../client/scripted-server.test-kit.ts';
import type { QmpEvent } from '../schema/qapi-schema.ts';
import { event, LOST, newHub } from './event-hub.test-kit.ts';

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
