import type { JsonValue } from '@qmp/protocol/codecs';
import { describe, expect, it } from 'vitest';
import { errorOf, newBench } from './command-queue.test-kit.ts';
import type { CommandRequest } from './command-request.ts';
import { ExecInterruptedError } from '../errors/command-errors.ts';
import { everythingDelivered } from './scripted-server.test-kit.ts';

describe('what is sent', () => {
  it('goes out at once and in order while there is no limit', () => {
    const bench = newBench();
    const names = Array.from({ length: 20 }, (_, index) => `c${index}`);
    bench.execute(...names);
    expect(bench.names).toEqual(names);
  });

  it('gets the ids 1, 2, 3 …', () => {
    const bench = newBench();
    bench.execute('a', 'b', 'c');
    expect(bench.sent.map((message) => message['id'])).toEqual([1, 2, 3]);
  });

  it('gets no id that somebody else has put on a message of his own', () => {
    const bench = newBench();
    bench.submit({ execute: 'a', id: 1 }, 'own');
    bench.submit({ execute: 'b', id: 2n }, 'own');
    bench.execute('c');
    expect(bench.sent.map((message) => message['id'])).toEqual([1, 2n, 3]);
  });

  it('stops at the in-band limit and goes on, in order, with each reply', () => {
    const bench = newBench(2);
    bench.execute('a', 'b', 'c', 'd', 'e');
    expect(bench.names).toEqual(['a', 'b']);
    bench.queue.deliver({ return: {}, id: 2 });
    expect(bench.names).toEqual(['a', 'b', 'c']);
    bench.queue.deliver({ return: {}, id: 1 });
    bench.queue.deliver({ error: { class: 'GenericError', desc: 'no' }, id: 3 });
    expect(bench.names).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('lets nothing pass those that wait, even where there is room for it', () => {
    const bench = newBench(1);
    bench.execute('a', 'b');
    bench.state = 'closing';
    bench.queue.deliver({ return: {}, id: 1 });
    bench.state = 'open';
    bench.execute('c');
    expect(bench.names).toEqual(['a']);
  });

  it('overtakes when it is out-of-band, and takes no place of the others', () => {
    const bench = newBench(1);
    bench.execute('a', 'b');
    bench.submit({ 'exec-oob': 'urgent' });
    expect(bench.names).toEqual(['a', 'urgent']);
    bench.queue.deliver({ return: {}, id: 2 });
    expect(bench.names).toEqual(['a', 'urgent']);
    bench.queue.deliver({ return: {}, id: 1 });
    expect(bench.names).toEqual(['a', 'urgent', 'b']);
  });

  it('is in-band where the member exec-oob is undefined', () => {
    const bench = newBench(1);
    bench.execute('a');
    bench.submit({ execute: 'b', 'exec-oob': undefined });
    expect(bench.names).toEqual(['a']);
  });
});

describe('congestion', () => {
  it('holds in-band commands back, lets out-of-band ones pass, and ends when the peer has caught up', async () => {
    const bench = newBench();
    let ease = (): void => {};
    bench.congestion = new Promise((resolve) => {
      ease = resolve;
    });
    bench.execute('a', 'b');
    bench.submit({ 'exec-oob': 'urgent' });
    bench.congestion = undefined;
    bench.execute('c');
    expect(bench.names).toEqual(['a', 'urgent']);
    ease();
    await everythingDelivered();
    expect(bench.names).toEqual(['a', 'urgent', 'b', 'c']);
  });

  it('that follows on another holds back again', async () => {
    const bench = newBench();
    bench.congestion = Promise.resolve();
    bench.execute('a', 'b', 'c');
    bench.submit({ 'exec-oob': 'urgent' });
    bench.congestion = new Promise(() => {});
    await everythingDelivered();
    expect(bench.names).toEqual(['a', 'urgent', 'b']);
  });

  it('that ends because the link broke sends nothing more', async () => {
    const bench = newBench();
    bench.congestion = Promise.reject(new Error('broken'));
    bench.congestion.catch(() => {});
    const [, waiting] = bench.execute('a', 'b');
    bench.state = 'closing';
    await everythingDelivered();
    expect(bench.names).toEqual(['a']);
    bench.queue.end({ kind: 'lost', error: new Error('broken') });
    expect(await errorOf(waiting as CommandRequest)).toBeInstanceOf(ExecInterruptedError);
  });
});

describe('a reply', () => {
  it.each<JsonValue>(['1', 1, 1n, 1.5, -7, null, true, '', [1, { a: 'b' }], { b: 1, a: [2n] }, 2n ** 64n - 1n])(
    'finds its request by the id %s',
    async (id) => {
      const bench = newBench();
      bench.execute('a', 'b');
      bench.queue.deliver({ return: {}, id: 1 });
      const request = bench.submit({ execute: 'c', id }, 'own');
      const reply = { return: 'here', id };
      expect(bench.queue.deliver(reply)).toBe('delivered');
      expect(await request.result).toBe(reply);
    },
  );

  it('without an id finds the request without one', async () => {
    const bench = newBench();
    const request = bench.submit({ execute: 'a' }, 'own');
    expect(bench.queue.expectsReplyWithoutId).toBe(true);
    expect(bench.queue.deliver({ return: 1 })).toBe('delivered');
    expect(await request.result).toEqual({ return: 1 });
    expect(bench.queue.expectsReplyWithoutId).toBe(false);
  });

  it('is not taken from an object that neither returns nor fails and has no id', () => {
    const bench = newBench();
    bench.submit({ execute: 'a' }, 'own');
    expect(bench.queue.deliver({ QMP: {} })).toBe('unknown');
    expect(bench.queue.deliver({ error: { class: 'GenericError', desc: 'no' } })).toBe('delivered');
  });

  it('is unknown when it comes twice, or to nothing', () => {
    const bench = newBench();
    bench.execute('a');
    expect(bench.queue.deliver({ return: 1, id: 1 })).toBe('delivered');
    expect(bench.queue.deliver({ return: 1, id: 1 })).toBe('unknown');
    expect(bench.queue.deliver({ return: 1, id: 'never sent' })).toBe('unknown');
    expect(bench.queue.deliver({ return: 1 })).toBe('unknown');
    expect(bench.queue.deliver({ return: 1, id: null })).toBe('unknown');
  });
});

describe('an own id in use', () => {
  it('is refused before anything is sent, and free again after the reply', () => {
    const bench = newBench();
    bench.submit({ execute: 'a', id: { n: 1 } }, 'own');
    expect(() => bench.submit({ execute: 'b', id: { n: 1n } }, 'own')).toThrow(
      new RangeError('The id {"n":1} is in use: its reply has not come yet'),
    );
    expect(bench.names).toEqual(['a']);
    bench.queue.deliver({ return: {}, id: { n: 1 } });
    bench.submit({ execute: 'b', id: { n: 1 } }, 'own');
    expect(bench.names).toEqual(['a', 'b']);
  });

  it('is told apart from no id', () => {
    const bench = newBench();
    bench.submit({ execute: 'a' }, 'own');
    expect(() => bench.submit({ execute: 'b' }, 'own')).toThrow(
      new RangeError('A message without an id is in use: its reply has not come yet'),
    );
  });

  it('fails only the request that has it when its turn comes later', async () => {
    const bench = newBench(1);
    bench.submit({ execute: 'a', id: 'x' }, 'own');
    const twin = bench.submit({ execute: 'b', id: 'y' }, 'own');
    const other = bench.submit({ 'exec-oob': 'c', id: 'y' }, 'own');
    const last = bench.submit({ execute: 'd', id: 'z' }, 'own');
    bench.queue.deliver({ return: {}, id: 'x' });
    expect(await errorOf(twin)).toEqual(new RangeError('The id "y" is in use: its reply has not come yet'));
    expect(bench.names).toEqual(['a', 'c', 'd']);
    bench.queue.deliver({ return: 'c', id: 'y' });
    bench.queue.deliver({ return: 'd', id: 'z' });
    expect(await other.result).toEqual({ return: 'c', id: 'y' });
    expect(await last.result).toEqual({ return: 'd', id: 'z' });
  });
});

describe('a request that cannot be sent', () => {
  it('throws, and takes neither a place nor an id that its neighbours miss', () => {
    const bench = newBench(1);
    bench.failure = new TypeError('not JSON');
    expect(() => bench.execute('a')).toThrow('not JSON');
    bench.failure = undefined;
    bench.execute('b');
    expect(bench.names).toEqual(['b']);
  });

  it('is told so when its turn comes later, and the next one goes', async () => {
    const bench = newBench(1);
    const [, bad] = bench.execute('a', 'b', 'c');
    const failure = new TypeError('not JSON');
    const { queue } = bench;
    bench.failure = failure;
    queue.deliver({ return: {}, id: 1 });
    expect(await errorOf(bad as CommandRequest)).toBe(failure);
  });
});
