import type { SessionEnd } from '@qmp/protocol';
import type { JsonObject, JsonValue } from '@qmp/protocol/codecs';
import { describe, expect, it } from 'vitest';
import { CommandQueue } from './command-queue.ts';
import { CommandRequest, type Outcome } from './command-request.ts';
import { Unanswered } from './unanswered.ts';
import { ExecInterruptedError } from '../errors/command-errors.ts';
import { everythingDelivered } from './scripted-server.test-kit.ts';

/** A queue whose wire writes down what is sent. */
class Bench {
  readonly sent: JsonObject[] = [];
  state: 'open' | 'closing' = 'open';
  congestion: Promise<void> | undefined;
  failure: Error | undefined;
  readonly queue = new CommandQueue({
    send: (request) => {
      if (this.failure !== undefined) throw this.failure;
      this.sent.push({ ...request.message });
      return this.congestion;
    },
    isOpen: () => this.state === 'open',
  });

  get names(): unknown[] {
    return this.sent.map((message) => message['execute'] ?? message['exec-oob']);
  }

  submit(message: JsonObject, id: 'assigned' | 'own' = 'assigned'): CommandRequest {
    const request = new CommandRequest({ ...message }, id);
    this.queue.submit(request);
    return request;
  }

  execute(...names: string[]): CommandRequest[] {
    return names.map((name) => this.submit({ execute: name }));
  }
}

function newBench(inBandLimit?: number): Bench {
  const bench = new Bench();
  if (inBandLimit !== undefined) bench.queue.limitInBand(inBandLimit);
  return bench;
}

async function errorOf(request: CommandRequest): Promise<unknown> {
  const outcome: Outcome = await request.outcome;
  return outcome instanceof Unanswered ? outcome.toError(request.command) : `a reply: ${JSON.stringify(outcome)}`;
}

const DISCONNECTED: SessionEnd = { kind: 'disconnected' };

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
      expect(await request.outcome).toBe(reply);
    },
  );

  it('without an id finds the request without one', async () => {
    const bench = newBench();
    const request = bench.submit({ execute: 'a' }, 'own');
    expect(bench.queue.expectsReplyWithoutId).toBe(true);
    expect(bench.queue.deliver({ return: 1 })).toBe('delivered');
    expect(await request.outcome).toEqual({ return: 1 });
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
    expect(await other.outcome).toEqual({ return: 'c', id: 'y' });
    expect(await last.outcome).toEqual({ return: 'd', id: 'z' });
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

describe('a request that is given up', () => {
  it('is never sent when it still waited', async () => {
    const bench = newBench(1);
    const [, withdrawn] = bench.execute('a', 'b', 'c');
    const reason = new Error('enough');
    bench.queue.giveUp(withdrawn as CommandRequest, reason);
    bench.queue.deliver({ return: {}, id: 1 });
    expect(bench.names).toEqual(['a', 'c']);
    expect(await errorOf(withdrawn as CommandRequest)).toBe(reason);
  });

  it('keeps its id and its place until its late reply has come', () => {
    const bench = newBench(1);
    const [slow] = bench.execute('a', 'b');
    bench.queue.giveUp(slow as CommandRequest, new Error('enough'));
    expect(bench.names).toEqual(['a']);
    expect(bench.queue.deliver({ return: {}, id: 1 })).toBe('late');
    expect(bench.names).toEqual(['a', 'b']);
  });

  it('keeps the place of the one message without an id, too', () => {
    const bench = newBench();
    bench.queue.giveUp(bench.submit({ execute: 'a' }, 'own'), new Error('enough'));
    expect(() => bench.submit({ execute: 'b' }, 'own')).toThrow(/without an id is in use/);
    expect(bench.queue.deliver({ return: "a's answer" })).toBe('late');
    expect(() => bench.submit({ execute: 'b' }, 'own')).not.toThrow();
  });
});

describe('the text of a timeout', () => {
  it('says whether the reply is missing or the room', () => {
    const bench = newBench(1);
    const [first, second] = bench.execute('a', 'b');
    expect(bench.queue.describeWait(first as CommandRequest)).toBe('the reply to a');
    expect(bench.queue.describeWait(second as CommandRequest)).toBe(
      'room to send b (commands sent before it that have no reply yet: 1)',
    );
  });

  it('names a message without a command, too', () => {
    const bench = newBench();
    expect(bench.queue.describeWait(bench.submit({ execute: 5 }))).toBe('the reply to message');
  });
});

describe('the end of the session', () => {
  it('reaches those that were sent and those that wait, with its cause', async () => {
    const bench = newBench(1);
    const error = new Error('the link broke');
    const requests = bench.execute('a', 'b');
    bench.queue.end({ kind: 'lost', error });
    for (const request of requests) {
      expect(await errorOf(request)).toMatchObject({ name: 'ExecInterruptedError', cause: error });
    }
  });

  it('by abort() has its reason as the cause, whatever it is', async () => {
    const bench = newBench();
    const [request] = bench.execute('a');
    bench.queue.end({ kind: 'aborted', reason: 'no more' });
    expect(await errorOf(request as CommandRequest)).toMatchObject({ cause: 'no more' });
  });

  it('by disconnect() has a DisconnectedError as the cause', async () => {
    const bench = newBench();
    const [request] = bench.execute('a');
    bench.queue.end(DISCONNECTED);
    expect(await errorOf(request as CommandRequest)).toMatchObject({ cause: { name: 'DisconnectedError' } });
  });

  it('sends nothing more of what waits, while replies still come', async () => {
    const bench = newBench(1);
    const [, waiting] = bench.execute('a', 'b');
    bench.state = 'closing';
    bench.queue.deliver({ return: {}, id: 1 });
    expect(bench.names).toEqual(['a']);
    bench.queue.end(DISCONNECTED);
    expect(await errorOf(waiting as CommandRequest)).toBeInstanceOf(ExecInterruptedError);
  });

  it('is the reply to every quit that was sent, when it is a clean one', async () => {
    const bench = newBench(2);
    const requests = bench.execute('quit', 'quit', 'quit');
    bench.queue.end(DISCONNECTED);
    expect(await requests[0]?.outcome).toEqual({ return: {} });
    expect(await requests[1]?.outcome).toEqual({ return: {} });
    expect(await errorOf(requests[2] as CommandRequest)).toBeInstanceOf(ExecInterruptedError);
  });

  it('is none to a quit when it is a loss', async () => {
    const bench = newBench();
    const [quit] = bench.execute('quit');
    bench.queue.end({ kind: 'lost', error: new Error('not JSON') });
    expect(await errorOf(quit as CommandRequest)).toBeInstanceOf(ExecInterruptedError);
  });
});

describe('a quit', () => {
  it('counts as sent from when it is sent until it is refused', () => {
    const bench = newBench(1);
    bench.execute('a', 'quit');
    expect(bench.queue.hasSentQuit).toBe(false);
    bench.queue.deliver({ return: {}, id: 1 });
    expect(bench.queue.hasSentQuit).toBe(true);
    bench.queue.deliver({ error: { class: 'GenericError', desc: 'no' }, id: 2 });
    expect(bench.queue.hasSentQuit).toBe(false);
  });

  it('counts as refused also when nobody waits for the refusal any more', () => {
    const bench = newBench();
    const [quit] = bench.execute('quit');
    bench.queue.giveUp(quit as CommandRequest, new Error('enough'));
    bench.queue.deliver({ error: { class: 'GenericError', desc: 'no' }, id: 1 });
    expect(bench.queue.hasSentQuit).toBe(false);
  });

  it('still counts when it was answered', () => {
    const bench = newBench();
    bench.execute('quit');
    bench.queue.deliver({ return: {}, id: 1 });
    expect(bench.queue.hasSentQuit).toBe(true);
  });
});
