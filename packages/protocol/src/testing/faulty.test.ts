import { describe, expect, it } from 'vitest';

import { bytesOf, readAll, textOf } from '../bytes-of.test-kit.ts';
import { isPending, microtasks } from '../microtasks.test-kit.ts';
import { rejectionOf } from '../rejection-of.test-kit.ts';
import type { Transport } from '../transport/transport.ts';
import { forbidUnhandledRejections } from '../unhandled-rejections.test-kit.ts';
import { Deferred } from '../wait/deferred.ts';
import { faulty } from './faulty.ts';
import { link, STREAM } from './faulty-link.test-kit.ts';
import { transportPair } from './transport-pair.ts';

const FULL = 'x'.repeat(256 * 1024);

describe('a faulty link', () => {
  forbidUnhandledRejections();

  it('without a fault is what it was', async () => {
    const { near, far, arrived, ended } = link({});
    expect(near.description).toBe('memory:left');
    const heard = readAll(far);
    void far.write(bytesOf('to the left'));
    await near.write(bytesOf('to the right'));
    await near.close();
    expect(await heard).toBe('to the right');
    expect(await ended).toBe('the end');
    expect(arrived).toEqual(['to the left']);
  });

  it('cuts what arrives at every byte, or where chance says', async () => {
    const every = link({ rates: { chunk: 1 } });
    await every.far.write(bytesOf('abcd'));
    await every.far.close();
    await every.ended;
    expect(every.arrived).toEqual(['a', 'b', 'c', 'd']);

    const some = link({ seed: 3, rates: { chunk: 0.1 } });
    await some.far.write(bytesOf(STREAM.repeat(4)));
    await some.far.close();
    await some.ended;
    expect(some.arrived.join('')).toBe(STREAM.repeat(4));
    expect(some.arrived.length).toBe(some.faults.filter(({ at }) => at > 0).length + 1);
    expect(some.arrived.length).toBeGreaterThan(3);
  });

  it('cuts and delays as a test says, too', async () => {
    const gates = [new Deferred<void>(), new Deferred<void>()];
    let next = 0;
    const delay = (): Promise<void> => gates[next++]?.promise ?? Promise.resolve();
    const { far, arrived } = link({ direction: 'inbound', chunkBytes: () => 2, delay });
    void far.write(bytesOf('abcd'));
    await microtasks();
    expect(arrived).toEqual([]);
    gates[0]?.resolve();
    await microtasks();
    expect(arrived).toEqual(['ab']);
    gates[1]?.resolve();
    await microtasks();
    expect(arrived).toEqual(['ab', 'cd']);
  });

  it('that is cut lets pass what came before, in either direction', async () => {
    const inbound = link({ direction: 'inbound', at: { cut: 3 } });
    void inbound.far.write(bytesOf('abcd'));
    expect(await inbound.ended).toBe('the end');
    expect(inbound.arrived).toEqual(['abc']);
    expect(inbound.faults).toEqual([{ kind: 'cut', direction: 'inbound', at: 3 }]);

    const outbound = link({ direction: 'outbound', at: { cut: 3 } });
    const heard = readAll(outbound.far);
    const error = await rejectionOf(Promise.resolve(outbound.near.write(bytesOf('abcd'))));
    expect(error).toMatchObject({ code: 'EPIPE', message: 'the link was cut, by a fault that a test asked for' });
    expect(await outbound.ended).toBe('the end');
    expect(await heard).toBe('abc');
    await expect(outbound.near.write(bytesOf('late'))).rejects.toBe(error);
  });

  it('that is reset tells both its reader and its writer', async () => {
    const { near, far, arrived, ended } = link({ direction: 'inbound', at: { reset: 2 } });
    void far.write(bytesOf('abc'));
    const error = await ended;
    expect(error).toMatchObject({
      code: 'ECONNRESET',
      message: 'the link was reset, by a fault that a test asked for',
    });
    expect(arrived).toEqual(['ab']);
    await expect(near.write(bytesOf('late'))).rejects.toBe(error);
    expect(await readAll(far)).toBe('');
  });

  it('that stalls stays open, and takes no more than a link that is slow', async () => {
    const { near, far, arrived, ended } = link({ at: { stall: 2 } });
    const heard = readAll(far);
    void far.write(bytesOf('abc'));
    const written = Promise.resolve(near.write(bytesOf('ABC')));
    expect(await isPending(written)).toBe(true);
    expect(arrived).toEqual(['ab']);
    near.abort();
    await written;
    expect(await ended).toBe('the end');
    expect(await heard).toBe('AB');
  });

  it('slips garbage in, the same for the same seed', async () => {
    const [one, other, third] = [7, 7, 8].map((seed) => link({ seed, at: { garbage: 2 } }));
    for (const each of [one, other, third]) {
      await each?.far.write(bytesOf('abcd'));
      await each?.far.close();
      await each?.ended;
    }
    expect(one?.arrived.at(0)).toBe('ab');
    expect(one?.arrived.at(-1)).toBe('cd');
    expect(one?.arrived).toHaveLength(3);
    expect(other?.arrived).toEqual(one?.arrived);
    expect(third?.arrived[1]).not.toEqual(one?.arrived[1]);
  });

  it('tells a link that breaks of itself from its own faults', async () => {
    const { far, near, ended } = link({ rates: { chunk: 0.5 } });
    const error = new Error('ECONNRESET, really');
    far.break(error);
    expect(await ended).toBe(error);
    await expect(near.write(bytesOf('late'))).rejects.toBe(error);
  });

  it('makes a writer wait for a reader that is behind, on both sides', async () => {
    const [inner, far] = transportPair();
    const near = faulty(inner, {});
    void far.write(bytesOf(FULL));
    await microtasks();
    void far.write(bytesOf(FULL));
    await microtasks();
    expect(await isPending(Promise.resolve(far.write(bytesOf('more'))))).toBe(true);
    expect((await readSome(near, 2 * FULL.length + 4)).length).toBe(2 * FULL.length + 4);
  });

  it('does not hold up a writer when its reader has left', async () => {
    const [inner, far] = transportPair();
    const near = faulty(inner, {});
    void far.write(bytesOf(FULL));
    await microtasks();
    await near.readable[Symbol.asyncIterator]().return?.();
    for (let time = 0; time < 4; time += 1) {
      expect(await isPending(Promise.resolve(far.write(bytesOf(FULL))))).toBe(false);
    }
  });

  it('strikes at the same places however the bytes arrive, and each direction for itself', async () => {
    const rates = { chunk: 0.05, garbage: 0.02, duplicate: 0.2, oversize: 0.1 } as const;
    const told = await Promise.all(
      [1000, 1, 7].map(async (size) => {
        const { near, far, arrived, faults, ended } = link({ seed: 11, rates, oversizeBytes: 10 });
        for (let start = 0; start < STREAM.length * 6; start += size) {
          const piece = bytesOf(STREAM.repeat(6).slice(start, start + size));
          void near.write(piece);
          await far.write(piece);
        }
        await far.close();
        await ended;
        return { arrived: arrived.join(''), faults: new Set(faults.map((fault) => JSON.stringify(fault))) };
      }),
    );
    expect(told[1]).toEqual(told[0]);
    expect(told[2]).toEqual(told[0]);
    const places = (direction: string): unknown[] =>
      [...(told[0]?.faults ?? [])]
        .filter((fault) => fault.includes(direction))
        .map((fault) => fault.replace(direction, ''));
    expect(places('inbound').length).toBeGreaterThan(3);
    expect(places('inbound')).not.toEqual(places('outbound'));
  });

  it.each([
    [{ seed: 1.5 }, 'seed is 1.5; expected a whole number'],
    [{ rates: { cut: 1.1 } }, 'rates.cut is 1.1; expected a probability, from 0 to 1'],
    [{ at: { reset: -1 } }, 'at.reset is -1; expected an offset, a whole number from 0 up'],
    [{ maxDelayMs: -1 }, 'maxDelayMs is -1; expected a number of milliseconds, 0 or more'],
  ])('is refused with %j', (options, message) => {
    expect(() => faulty(transportPair()[0], options)).toThrow(new RangeError(message));
    expect(() => transportPair(options)).toThrow(new RangeError(message));
  });
});

async function readSome(transport: Transport, length: number): Promise<string> {
  let text = '';
  for await (const chunk of transport.readable) {
    text += textOf(chunk);
    if (text.length >= length) break;
  }
  return text;
}
