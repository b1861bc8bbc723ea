import { describe, expect, it } from 'vitest';
import { converse, eventOf, rejectionOf } from './scripted-server.test-kit.ts';
import { ExecuteError } from '../errors/command-errors.ts';

describe('an event before a reply, in one chunk', () => {
  it('has reached listeners and history, and then next() and streams, before the caller goes on', async () => {
    const { client, server } = await converse();
    const order: string[] = [];
    const note = (what: string) => (): void => void order.push(what);
    client.events.on('STOP', note('listener'));
    const stream = client.events.of('STOP');
    const waiting = [
      client.events.next('STOP').then(note('next')),
      stream.next().then(note('stream')),
      client.execute('stop').then(note('reply')),
    ];
    await server.request();
    server.send(eventOf('STOP'), { return: {}, id: 2 });
    await Promise.all(waiting);
    expect(order[0]).toBe('listener');
    expect(order.slice(1, 3).sort()).toEqual(['next', 'stream']);
    expect(order[3]).toBe('reply');
    expect(client.events.history).toHaveLength(1);
  });

  it('has reached them before the caller goes on after an error, and after raw', async () => {
    const { client, server } = await converse();
    const order: string[] = [];
    const note = (what: string) => (): void => void order.push(what);
    const waiting = [
      client.events.next('STOP').then(note('next')),
      rejectionOf(client.execute('stop'), ExecuteError).then(note('refusal')),
      client.events.next('RESUME').then(note('next')),
      client.raw({ execute: 'cont' }).then(note('reply')),
    ];
    server.send(eventOf('STOP'), { error: { class: 'GenericError', desc: 'no' }, id: 2 }, eventOf('RESUME'), {
      return: {},
      id: 3,
    });
    await Promise.all(waiting);
    expect(order.indexOf('refusal')).toBeGreaterThan(order.indexOf('next'));
    expect(order.indexOf('reply')).toBeGreaterThan(order.lastIndexOf('next'));
  });

  it('is not missed by a loop that is being read', async () => {
    const { client, server } = await converse();
    const seen: string[] = [];
    const watching = (async () => {
      for await (const { event } of client.events) {
        seen.push(event);
        if (event === 'LAST') return;
      }
    })();
    const reply = client.execute('job').then(() => [...seen]);
    server.send(eventOf('A'), eventOf('B'), { return: {}, id: 2 }, eventOf('C'), eventOf('LAST'));
    await watching;
    await reply;
    expect(seen).toEqual(['A', 'B', 'C', 'LAST']);
  });
});

describe('replies', () => {
  it('reach their callers in the order in which they came', async () => {
    const { client, server } = await converse();
    const order: unknown[] = [];
    const waiting = ['a', 'b', 'c'].map((name) => client.execute(name).then((value) => order.push(value)));
    server.send({ return: 'c', id: 4 }, { return: 'a', id: 2 }, { return: 'b', id: 3 });
    await Promise.all(waiting);
    expect(order).toEqual(['c', 'a', 'b']);
  });
});
