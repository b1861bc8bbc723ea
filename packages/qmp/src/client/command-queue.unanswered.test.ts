import type { SessionEnd } from '@qmp/protocol';
import { describe, expect, it } from 'vitest';
import { errorOf, newBench } from './command-queue.test-kit.ts';
import type { CommandRequest } from './command-request.ts';
import { ExecInterruptedError } from '../errors/command-errors.ts';

const DISCONNECTED: SessionEnd = { kind: 'disconnected' };

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

  it('is the reply to every quit, also to one behind the one that was sent, when it is a clean one', async () => {
    const bench = newBench();
    const requests = bench.execute('quit', 'quit');
    bench.queue.end(DISCONNECTED);
    expect(await requests[0]?.result).toEqual({ return: {} });
    expect(await requests[1]?.result).toEqual({ return: {} });
  });

  it('is none to a quit when none was sent', async () => {
    const bench = newBench(1);
    const [, quit] = bench.execute('a', 'quit');
    bench.queue.end(DISCONNECTED);
    expect(await errorOf(quit as CommandRequest)).toBeInstanceOf(ExecInterruptedError);
  });

  it('is none to a quit when it is a loss', async () => {
    const bench = newBench();
    const [quit] = bench.execute('quit');
    bench.queue.end({ kind: 'lost', error: new Error('not JSON') });
    expect(await errorOf(quit as CommandRequest)).toBeInstanceOf(ExecInterruptedError);
  });
});

describe('a quit', () => {
  it('holds back what comes behind it until its reply, but nothing that is out-of-band', () => {
    const bench = newBench();
    bench.execute('a', 'quit', 'b');
    bench.submit({ 'exec-oob': 'c' });
    expect(bench.names).toEqual(['a', 'quit', 'c']);
    bench.queue.deliver({ return: {}, id: 1 });
    expect(bench.names).toEqual(['a', 'quit', 'c']);
    bench.queue.deliver({ error: { class: 'GenericError', desc: 'no' }, id: 2 });
    expect(bench.names).toEqual(['a', 'quit', 'c', 'b']);
  });

  it('interrupts what it held back when the session ends', async () => {
    const bench = newBench();
    const [, held] = bench.execute('quit', 'b');
    bench.queue.end(DISCONNECTED);
    expect(bench.names).toEqual(['quit']);
    expect(await errorOf(held as CommandRequest)).toBeInstanceOf(ExecInterruptedError);
  });

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
