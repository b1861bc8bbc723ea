import { DisconnectedError } from '@qmp/protocol';
import { describe, expect, it, vi } from 'vitest';
import { rejectionOf } from '../client/scripted-server.test-kit.ts';
import type { QmpEvent } from '../schema/qapi-schema.ts';
import { event, LOST, newHub } from './event-hub.test-kit.ts';

async function namesOf(stream: AsyncIterable<QmpEvent>): Promise<string[]> {
  const names: string[] = [];
  for await (const { event: name } of stream) names.push(name);
  return names;
}

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
