import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { bytesOf, readAll } from '../bytes-of.test-kit.ts';
import { LineCodec } from '../codecs/line-codec.ts';
import { microtasks } from '../microtasks.test-kit.ts';
import { forbidUnhandledRejections } from '../unhandled-rejections.test-kit.ts';
import { link, STREAM } from './faulty-link.test-kit.ts';

describe('faults that take time', () => {
  forbidUnhandledRejections();

  beforeEach(() => {
    vi.useFakeTimers();
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  it('delay what arrives, for no longer than they may', async () => {
    const { far, arrived } = link({ at: { delay: 2 }, maxDelayMs: 30 });
    void far.write(bytesOf('abcd'));
    await microtasks();
    expect(arrived).toEqual(['ab']);
    await vi.advanceTimersByTimeAsync(30);
    expect(arrived).toEqual(['ab', 'cd']);
  });

  it('leave no timer behind when the link ends', async () => {
    const { near, far } = link({ direction: 'inbound', at: { delay: 5, late: 1 } });
    void far.write(bytesOf(STREAM));
    await microtasks();
    expect(vi.getTimerCount()).toBe(2);
    near.abort();
    await microtasks();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('hold back a late message while others pass', async () => {
    const { far, arrived } = link({ at: { late: 0 } });
    void far.write(bytesOf(STREAM));
    await microtasks();
    expect(arrived.join('')).toBe('\r\n{"n":2}\r\n{"n":3}\r\n');
    await vi.advanceTimersByTimeAsync(50);
    expect(arrived.join('')).toBe('\r\n{"n":2}\r\n{"n":3}\r\n{"n":1}');
  });

  it('let the next message go first, or nothing for a while', async () => {
    const { far, arrived } = link({ rates: { reorder: 0 }, at: { reorder: 1 } });
    void far.write(bytesOf('{"n":1}{"n":2}'));
    await microtasks();
    expect(arrived.join('')).toBe('{"n":1}');
    void far.write(bytesOf('{"n":3}'));
    await microtasks();
    expect(arrived.join('')).toBe('{"n":1}{"n":3}{"n":2}');

    const last = link({ at: { reorder: 0 } });
    void last.far.write(bytesOf('{"n":1}'));
    await microtasks();
    expect(last.arrived).toEqual([]);
    await vi.advanceTimersByTimeAsync(50);
    expect(last.arrived).toEqual(['{"n":1}']);
  });

  it('hold nothing back beyond the end of the stream', async () => {
    const { far, arrived, ended } = link({ at: { late: 0, reorder: 1 } });
    void far.write(bytesOf('{"n":1}{"n":2}{"n":'));
    await far.close();
    expect(await ended).toBe('the end');
    expect(arrived.join('')).toBe('{"n":1}{"n":2}{"n":');
  });
});

describe('faults of messages', () => {
  forbidUnhandledRejections();

  it('double one', async () => {
    const { far, arrived, faults } = link({ at: { duplicate: 1 } });
    await far.write(bytesOf(STREAM));
    await microtasks();
    expect(arrived.join('')).toBe('{"n":1}\r\n{"n":2}{"n":2}\r\n{"n":3}\r\n');
    expect(faults).toEqual([{ kind: 'duplicate', direction: 'inbound', at: 1 }]);
  });

  it('blow one up, which changes nothing of what it says', async () => {
    const { far, arrived } = link({ at: { oversize: 0 }, oversizeBytes: 5 });
    await far.write(bytesOf('{"n":1}'));
    await microtasks();
    expect(arrived).toEqual(['{     "n":1}']);
  });

  it('spare those that the test spares, and do not count them', async () => {
    const only = (message: object): boolean => 'return' in message;
    const { far, arrived } = link({ at: { duplicate: 1 }, only });
    await far.write(bytesOf('{"event":1}{"return":1}{"event":2}{"return":2}'));
    await microtasks();
    expect(arrived.join('')).toBe('{"event":1}{"return":1}{"event":2}{"return":2}{"return":2}');
  });

  it('are of the messages that a codec tells apart', async () => {
    const { near, far } = link({ codec: () => new LineCodec(), at: { duplicate: 1 }, direction: 'outbound' });
    const heard = readAll(far);
    await near.write(bytesOf('one\ntw'));
    await near.write(bytesOf('o\nthree'));
    await near.close();
    expect(await heard).toBe('one\ntwo\ntwo\nthree\n');
  });

  it('leave alone what the codec cannot read, and all that follows', async () => {
    const { near, far } = link({ codec: () => new LineCodec({ maxMessageBytes: 4 }), rates: { duplicate: 1 } });
    const heard = readAll(far);
    await near.write(bytesOf('one\n'));
    await near.write(bytesOf('much too long\n'));
    await near.write(bytesOf('two\n'));
    await near.close();
    expect(await heard).toBe('one\none\nmuch too long\ntwo\n');
  });
});
