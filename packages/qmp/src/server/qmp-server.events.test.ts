import { describe, expect, it } from 'vitest';

import type { Clock } from './events/clock.ts';
import { LineClient, newServer } from './server.test-kit.ts';

/** A clock that goes when the test says so. */
class ManualClock implements Clock {
  #now = 1_700_000_000_250.125;
  readonly #timers = new Set<{ readonly at: number; readonly callback: () => void }>();

  now(): number {
    return this.#now;
  }

  schedule(delayMs: number, callback: () => void): Disposable {
    const timer = { at: this.#now + delayMs, callback };
    this.#timers.add(timer);
    return { [Symbol.dispose]: () => this.#timers.delete(timer) };
  }

  get waiting(): number {
    return this.#timers.size;
  }

  advance(milliseconds: number): void {
    this.#now += milliseconds;
    for (const timer of this.#timers) {
      if (timer.at > this.#now) continue;
      this.#timers.delete(timer);
      timer.callback();
    }
  }
}

describe('events', () => {
  it('go to all who have negotiated, as QEMU writes them, with the time of the clock', async () => {
    const server = newServer({ clock: new ManualClock() });
    const [first, second] = [await LineClient.negotiated(server), await LineClient.negotiated(server)];
    const other = new LineClient(server);
    await other.line();
    server.emit('STOP');
    server.emit('SHUTDOWN', { guest: false, reason: 'é' });
    const lines = [
      '{"timestamp": {"seconds": 1700000000, "microseconds": 250125}, "event": "STOP"}',
      '{"timestamp": {"seconds": 1700000000, "microseconds": 250125}, "event": "SHUTDOWN", "data": {"guest": false, "reason": "\\u00E9"}}',
    ];
    expect(await first.lines(2)).toEqual(lines);
    expect(await second.lines(2)).toEqual(lines);
    expect(await other.unreadLines()).toEqual([]);
  });

  it('say so where there is no clock', async () => {
    const server = newServer({ clock: { now: () => undefined, schedule: () => ({ [Symbol.dispose]() {} }) } });
    const client = await LineClient.negotiated(server);
    server.emit('STOP');
    expect(await client.line()).toBe('{"timestamp": {"seconds": -1, "microseconds": -1}, "event": "STOP"}');
  });

  it('take the time of the system unless told otherwise', async () => {
    const server = newServer();
    const client = await LineClient.negotiated(server);
    const before = Date.now() / 1_000;
    server.emit('STOP');
    const { timestamp } = (await client.message()) as unknown as {
      timestamp: { seconds: number; microseconds: number };
    };
    const seconds = timestamp.seconds + timestamp.microseconds / 1e6;
    expect(seconds).toBeGreaterThanOrEqual(before - 0.001);
    expect(seconds).toBeLessThanOrEqual(Date.now() / 1_000);
  });

  it('that JSON cannot say are refused, and nobody gets them', async () => {
    const server = newServer();
    const client = await LineClient.negotiated(server);
    expect(() => server.emit('BAD', { list: [Number.POSITIVE_INFINITY] })).toThrow(
      new TypeError('data.list.0: Infinity is not a JSON number'),
    );
    expect(await client.unreadLines()).toEqual([]);
  });

  it('come before the reply of the command that makes them', async () => {
    const server = newServer({ handlers: { stop: () => server.emit('STOP') } });
    const client = await LineClient.negotiated(server);
    client.send('{"execute":"stop"}');
    expect(await client.message()).toMatchObject({ event: 'STOP' });
    expect(await client.message()).toEqual({ return: {} });
  });
});

describe('the rate of events', () => {
  async function limited(): Promise<{
    clock: ManualClock;
    emit: (event: string, data?: object) => void;
    client: LineClient;
  }> {
    const clock = new ManualClock();
    const server = newServer({ clock, limitEventRates: true });
    const client = await LineClient.negotiated(server);
    return { clock, client, emit: (event, data) => server.emit(event, data as never) };
  }

  async function received(client: LineClient): Promise<unknown[]> {
    const events = (await client.unreadLines()).map((line) => JSON.parse(line) as { event: string; data?: object });
    return events.map(({ event, data }) => (data === undefined ? event : [event, data]));
  }

  it('is not limited unless that is asked for', async () => {
    const server = newServer();
    const client = await LineClient.negotiated(server);
    server.emit('RTC_CHANGE', { offset: 1 });
    server.emit('RTC_CHANGE', { offset: 2 });
    expect(await client.unreadLines()).toHaveLength(2);
  });

  it('lets the first through at once, and the last of those that follow a second later', async () => {
    const { clock, client, emit } = await limited();
    for (const offset of [1, 2, 3]) emit('RTC_CHANGE', { offset });
    emit('STOP');
    expect(await received(client)).toEqual([['RTC_CHANGE', { offset: 1 }], 'STOP']);
    clock.advance(999);
    expect(await received(client)).toEqual([]);
    clock.advance(1);
    emit('RTC_CHANGE', { offset: 4 });
    expect(await received(client)).toEqual([['RTC_CHANGE', { offset: 3 }]]);
    clock.advance(1_000);
    expect(await received(client)).toEqual([['RTC_CHANGE', { offset: 4 }]]);
    clock.advance(1_000);
    expect(clock.waiting).toBe(0);
    emit('RTC_CHANGE', { offset: 5 });
    expect(await received(client)).toEqual([['RTC_CHANGE', { offset: 5 }]]);
  });

  it('keeps the time at which an event was made', async () => {
    const { clock, client, emit } = await limited();
    emit('WATCHDOG', { action: 'none' });
    clock.advance(500);
    emit('WATCHDOG', { action: 'pause' });
    clock.advance(500);
    const [, late] = (await client.unreadLines()).map((line) => JSON.parse(line) as { timestamp: object });
    expect(late?.timestamp).toEqual({ seconds: 1_700_000_000, microseconds: 750_125 });
  });

  it('is one for each source', async () => {
    const { client, emit } = await limited();
    for (const id of ['a', 'b', 'a', 'b']) emit('VSERPORT_CHANGE', { id, open: true });
    for (const path of ['/x', '/y', '/x']) emit('MEMORY_DEVICE_SIZE_CHANGE', { size: 1, 'qom-path': path });
    expect(await received(client)).toEqual([
      ['VSERPORT_CHANGE', { id: 'a', open: true }],
      ['VSERPORT_CHANGE', { id: 'b', open: true }],
      ['MEMORY_DEVICE_SIZE_CHANGE', { size: 1, 'qom-path': '/x' }],
      ['MEMORY_DEVICE_SIZE_CHANGE', { size: 1, 'qom-path': '/y' }],
    ]);
  });

  it('does not hold back a fault that has stopped the machine', async () => {
    const { client, emit } = await limited();
    for (const action of ['report', 'report', 'stop', 'stop']) emit('BLOCK_IO_ERROR', { action, 'qom-path': '/x' });
    const stop = ['BLOCK_IO_ERROR', { action: 'stop', 'qom-path': '/x' }];
    expect(await received(client)).toEqual([['BLOCK_IO_ERROR', { action: 'report', 'qom-path': '/x' }], stop, stop]);
  });

  it('holds nothing back once the server is closed', async () => {
    const { clock, emit, client } = await limited();
    emit('RTC_CHANGE', { offset: 1 });
    emit('RTC_CHANGE', { offset: 2 });
    const server = newServer({ clock, limitEventRates: true });
    server.emit('RTC_CHANGE', { offset: 1 });
    expect(clock.waiting).toBe(2);
    await server.close();
    expect(clock.waiting).toBe(1);
    expect(await received(client)).toHaveLength(1);
  });
});
