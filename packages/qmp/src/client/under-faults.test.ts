import { fc, test } from '@fast-check/vitest';
import { QmpError } from '@qmp/protocol';
import { type Fault, type FaultOptions, faulty, transportPair } from '@qmp/protocol/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ExecuteError } from '../errors/command-errors.ts';
import type { AnySchema } from '../schema/qapi-schema.ts';
import { echoOf, serveEchoes } from './echo-server.test-kit.ts';
import { QmpClient } from './qmp-client.ts';

const COMMANDS = 12;

/** Longer than anything in a session may take. */
const LONG_MS = 300_000;

interface Story {
  /** What became of each command: what it returned, or an error. */
  readonly outcomes: readonly unknown[];
  /** The numbers of the events, as they came. */
  readonly ticks: readonly unknown[];
  readonly faults: readonly Fault[];
  readonly client: QmpClient<AnySchema>;
  /** What is left, when all is over: of the client, its link, and the time. */
  readonly remains: {
    readonly runstate: string;
    readonly link: string;
    readonly stream: string;
    readonly timers: number;
  };
}

/** A whole session over a faulty link, up to its end. */
async function live(options: FaultOptions, maxMessageBytes?: number): Promise<Story> {
  const faults: Fault[] = [];
  const [inner, far] = transportPair();
  const served = serveEchoes(far);
  const client = new QmpClient<AnySchema>({ timeoutMs: 5_000, maxMessageBytes });
  const ticks: unknown[] = [];
  const stream = client.events.of('TICK');
  let streamEnd = 'still read';
  const reading = (async () => {
    for await (const { data } of stream) ticks.push(data?.['n']);
  })().then(
    () => (streamEnd = 'ended'),
    () => (streamEnd = 'ended'),
  );
  const connecting = client.connect(faulty(inner, { ...options, onFault: (fault) => faults.push(fault) }));
  const outcomes: unknown[] = Array.from({ length: COMMANDS }, () => 'never given');
  const working = connecting.then(() =>
    Promise.all(
      outcomes.map((_, n) =>
        client.executeRaw('echo', { n }, { oob: n % 4 === 3 && client.capabilities.includes('oob') }).then(
          (value) => (outcomes[n] = value),
          (error: unknown) => (outcomes[n] = error),
        ),
      ),
    ),
  );
  working.catch((error: unknown) => outcomes.fill(error));
  await vi.advanceTimersByTimeAsync(LONG_MS);
  const left = client.disconnect().catch((error: unknown) => expect(error).toBeInstanceOf(QmpError));
  await vi.advanceTimersByTimeAsync(LONG_MS);
  await left;
  if (streamEnd === 'still read') await stream.return?.();
  await vi.advanceTimersByTimeAsync(LONG_MS);
  const link = await Promise.resolve(inner.write(Uint8Array.of(0x20))).then(
    () => 'open',
    () => 'closed',
  );
  await Promise.all([served, reading]);
  const remains = { runstate: client.runstate, link, stream: streamEnd, timers: vi.getTimerCount() };
  return { outcomes, ticks, faults, client, remains };
}

const NOTHING = { runstate: 'idle', link: 'closed', stream: 'ended', timers: 0 };

/** Whether a command may have ended so: by its own reply, or because something went wrong. */
function isOwnOrNone(outcome: unknown, n: number): boolean {
  if (outcome instanceof ExecuteError) return n % 3 === 2 && outcome.description === echoOf(n);
  return outcome instanceof QmpError || (n % 3 !== 2 && outcome === echoOf(n));
}

function expectOwnReplies({ outcomes }: Story): void {
  expect(outcomes.filter((outcome, n) => !isOwnOrNone(outcome, n))).toEqual([]);
}

function expectAllReplies({ outcomes }: Story): void {
  expect(outcomes.map((outcome) => (outcome instanceof ExecuteError ? outcome.description : outcome))).toEqual(
    outcomes.map((_, n) => echoOf(n)),
  );
}

function expectInOrder(ticks: readonly unknown[]): void {
  expect(ticks).toEqual([...ticks].sort((one, other) => Number(one) - Number(other)));
}

describe('a client on a faulty link', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  const seed = fc.integer();
  const rate = (most: number): fc.Arbitrary<number> => fc.constantFrom(0, most / 10, most);

  test.prop([seed, fc.record({ chunk: rate(1), delay: rate(0.05) })], { numRuns: 40 })(
    'that cuts and delays gets every reply and every event',
    async (...[number, rates]) => {
      const story = await live({ seed: number, rates });
      expectAllReplies(story);
      expect(story.ticks).toEqual(Array.from({ length: COMMANDS }, (_, n) => n + 1));
      expect(story.client.droppedReplies).toBe(0);
      expect(story.remains).toEqual(NOTHING);
    },
    60_000,
  );

  test.prop([seed, fc.record({ chunk: rate(0.5), duplicate: rate(1), reorder: rate(0.5), late: rate(0.5) })], {
    numRuns: 60,
  })(
    'that doubles, swaps and holds back replies gives each caller its own, and counts what was too many',
    async (...[number, rates]) => {
      // The greeting is no reply.
      const only = (message: object): boolean => 'return' in message || 'error' in message;
      const story = await live({ seed: number, rates, direction: 'inbound', only });
      expectAllReplies(story);
      expect(story.client.droppedReplies).toBe(story.faults.filter(({ kind }) => kind === 'duplicate').length);
      expectInOrder(story.ticks);
      expect(story.remains).toEqual(NOTHING);
    },
    60_000,
  );

  test.prop(
    [
      seed,
      fc.record({
        chunk: rate(0.5),
        delay: rate(0.02),
        stall: rate(0.001),
        cut: rate(0.001),
        reset: rate(0.001),
        duplicate: rate(0.2),
        reorder: rate(0.2),
        late: rate(0.2),
        oversize: rate(0.1),
      }),
      fc.constantFrom('inbound', 'outbound', undefined),
      fc.constantFrom(undefined, 100_000),
    ],
    { numRuns: 120 },
  )(
    'that breaks in any way never gives anybody the reply of another, never hangs, and leaves nothing behind',
    async (...[number, rates, direction, maxMessageBytes]) => {
      const story = await live({ seed: number, rates, direction, oversizeBytes: 200_000 }, maxMessageBytes);
      expectOwnReplies(story);
      expect(story.remains).toEqual(NOTHING);
    },
    120_000,
  );

  test.prop([seed, fc.record({ garbage: rate(0.02), chunk: rate(0.5) })], { numRuns: 60 })(
    'that slips garbage in never hangs, and leaves nothing behind',
    async (...[number, rates]) => {
      const { outcomes, remains } = await live({ seed: number, rates });
      expect(outcomes).not.toContain('never given');
      expect(remains).toEqual(NOTHING);
    },
    60_000,
  );

  it.each(['cut', 'reset', 'stall'] as const)('on which a %s strikes, at any byte, ends all the same', async (kind) => {
    for (const direction of ['inbound', 'outbound'] as const) {
      for (let at = 0; at < 350; at += 1) {
        const story = await live({ at: { [kind]: at }, direction });
        expectOwnReplies(story);
        expectInOrder(story.ticks);
        expect(story.remains).toEqual(NOTHING);
        if (story.faults.length === 0) break;
      }
    }
  });
});
