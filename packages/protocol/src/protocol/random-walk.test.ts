import { fc, test } from '@fast-check/vitest';
import { afterEach, beforeEach, describe, expect, vi } from 'vitest';

import { bytesOf } from '../bytes-of.test-kit.ts';
import { ConnectError, StateError } from '../errors/connection-errors.ts';
import { QmpError } from '../errors/qmp-error.ts';
import { microtasks } from '../microtasks.test-kit.ts';
import { NEXT_RUNSTATES, type Runstate } from '../runstate/runstate.ts';
import { GARBAGE } from '../session/chat-codec.test-kit.ts';
import { type MemoryTransport, transportPair } from '../testing/transport-pair.ts';
import type { Transport } from '../transport/transport.ts';
import { forbidUnhandledRejections } from '../unhandled-rejections.test-kit.ts';
import { Deferred } from '../wait/deferred.ts';
import { Chat, toldTo } from './chat.test-kit.ts';
import { MemoryConnector } from './memory-connector.test-kit.ts';

/** What the caller's own signals end with. */
class CallerLeft {}

/** What `onMessage` throws now and then. */
const BUG = new Error('bug in onMessage');

/** One object, all that can happen to it, and what came of it. */
class Walk {
  readonly connector = new MemoryConnector();
  readonly chat = new Chat({ connector: this.connector });
  readonly watcher = this.chat.runstates();
  /** What each call that waits came to; `pending` must not stay. */
  readonly outcomes: { readonly call: string; outcome: unknown }[] = [];
  readonly closed = new Set<Promise<unknown>>();
  readonly wires: { readonly near: MemoryTransport; readonly far: MemoryTransport }[] = [];
  readonly #dials: Deferred<Transport>[] = [];
  readonly #stalls: (() => void)[] = [];
  #controller = new AbortController();
  #said = 0;

  constructor(chunkBytes: number) {
    this.#pairOptions = { chunkBytes: () => chunkBytes };
    this.connector.onDial = () => {
      const dial = new Deferred<Transport>();
      this.#dials.push(dial);
      return dial.promise;
    };
    this.chat.onLine = (line) => {
      if (line === 'throw') throw BUG;
      if (line === 'disconnect') return this.chat.disconnect();
      if (line === 'abort') this.chat.abort(new CallerLeft());
    };
  }

  readonly #pairOptions: { readonly chunkBytes: () => number };

  /** Everything that can happen, in any state; `size` is whatever the step makes of it. */
  readonly steps: { readonly [name: string]: (size: number) => void | Promise<void> } = {
    connect: (size) => {
      this.#chooseHandshake(size);
      this.#watch('connect', this.chat.connect(this.#wire().near, this.#options(size)));
    },
    dial: (size) => {
      this.#chooseHandshake(size);
      this.#watch('dial', this.chat.connect('vm', this.#options(size)));
    },
    'dial succeeds': () => this.#dials.pop()?.resolve(this.#wire().near),
    'dial fails': () => this.#dials.pop()?.reject(new Error('refused')),
    startServer: (size) => this.#watch('startServer', this.chat.startServer('here', this.#options(size))),
    accept: (size) => {
      this.#chooseHandshake(size);
      this.#watch('accept', this.chat.accept(this.#options(size)));
    },
    startServerAndAccept: (size) => {
      this.#chooseHandshake(size);
      this.#watch('startServerAndAccept', this.chat.startServerAndAccept('here', this.#options(size)));
    },
    'peer arrives': () => {
      const listener = this.connector.listeners.at(-1);
      if (listener?.state === 'listening') listener.arrive(this.#wire().near);
    },
    'listener fails': () => this.connector.listeners.at(-1)?.fail(new Error('EMFILE')),
    disconnect: (size) => this.#watch('disconnect', this.chat.disconnect({ graceMs: size })),
    dispose: () => this.#watch('dispose', this.chat[Symbol.asyncDispose]()),
    abort: () => this.chat.abort(new CallerLeft()),
    'signal aborts': () => {
      this.#controller.abort(new CallerLeft());
      this.#controller = new AbortController();
    },
    say: (size) => {
      this.#said += 1;
      const line = `${this.#said}${'x'.repeat(size > 45 ? 1_500_000 : size)}`;
      try {
        this.#watch('say', Promise.resolve(this.chat.say(line)));
      } catch (error) {
        expect(error).toBeInstanceOf(StateError);
      }
    },
    'peer speaks': (size) => this.#far?.write(bytesOf('hello\n'.repeat(size))),
    'peer floods': () => this.#far?.write(bytesOf(`${'x'.repeat(300_000)}\n`)),
    'peer commands': (size) => this.#far?.write(bytesOf(`${['throw', 'disconnect', 'abort'][size % 3]}\n`)),
    'peer speaks garbage': () => this.#far?.write(bytesOf(`${GARBAGE}\n`)),
    'peer stops in the middle': () => this.#far?.write(bytesOf('half a li')),
    'peer hangs up': () => void this.#far?.hangUp(),
    'peer is gone': () => this.#far?.abort(),
    'link breaks': () => this.#far?.break(new Error('ECONNRESET')),
    'link stalls': () => void this.#stalls.push(this.wires.at(-1)?.near.stall() ?? (() => {})),
    'link goes on': () => this.#stalls.pop()?.(),
    'a moment': async (size) => {
      for (let count = 0; count < size % 8; count += 1) await Promise.resolve();
    },
    'all that can happen': () => microtasks(),
    'time passes': async (size) => {
      await vi.advanceTimersByTimeAsync(size);
    },
  };

  /** Ends it whatever has happened; then nothing may still wait. */
  async finish(): Promise<void> {
    await vi.advanceTimersByTimeAsync(60_000);
    this.chat.abort();
    await microtasks();
    await this.chat.disconnect();
    for (const dial of this.#dials) dial.resolve(this.#wire().near);
    for (const goOn of this.#stalls) goOn();
    await microtasks();
  }

  get #far(): MemoryTransport | undefined {
    const far = this.wires.at(-1)?.far;
    if (far !== undefined) {
      // A scripted peer does not care whether it is heard.
      const write = far.write.bind(far);
      far.write = (chunk) => Promise.resolve(write(chunk)).catch(() => {});
    }
    return far;
  }

  #wire(): { readonly near: MemoryTransport; readonly far: MemoryTransport } {
    const [near, far] = transportPair(this.#pairOptions);
    const wire = { near, far };
    this.wires.push(wire);
    return wire;
  }

  #options(size: number): { readonly timeoutMs: number | undefined; readonly signal: AbortSignal | undefined } {
    return {
      timeoutMs: size % 3 === 0 ? size : undefined,
      signal: size % 2 === 0 ? this.#controller.signal : undefined,
    };
  }

  #chooseHandshake(size: number): void {
    this.chat.handshake = async (join) => {
      if (size % 5 === 1) await this.chat.hear();
      if (size % 7 === 2) throw new Error('no');
      if (size % 11 !== 3) await join();
      if (size % 5 === 4) await new Deferred<void>().promise;
      if (size % 7 === 5) throw new Error('no, after all');
    };
  }

  #watch(call: string, promise: Promise<void>): void {
    this.closed.add(this.chat.closed);
    const entry: { readonly call: string; outcome: unknown } = { call, outcome: 'pending' };
    this.outcomes.push(entry);
    promise.then(
      () => {
        entry.outcome = 'done';
      },
      (error: unknown) => {
        entry.outcome = error;
      },
    );
  }
}

const STEP_NAMES = Object.keys(new Walk(1).steps);

/** Whether a call may end so. */
function isAllowed({ call, outcome }: { readonly call: string; readonly outcome: unknown }): boolean {
  if (outcome === 'done') return true;
  switch (call) {
    case 'disconnect':
      return outcome === BUG || (outcome instanceof QmpError && !(outcome instanceof StateError));
    case 'dispose':
      return false;
    case 'say':
      return outcome === BUG || outcome instanceof CallerLeft || outcome instanceof QmpError;
    default:
      return outcome instanceof ConnectError || outcome instanceof StateError || outcome instanceof CallerLeft;
  }
}

describe('whatever happens, in whatever order,', () => {
  forbidUnhandledRejections();

  beforeEach(() => {
    vi.useFakeTimers();
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  const step = fc.tuple(fc.constantFrom(...STEP_NAMES), fc.integer({ min: 1, max: 50 }));

  test.prop([fc.constantFrom(1, 2, 5, 1000, 1_000_000), fc.array(step, { maxLength: 40, size: 'max' })], {
    numRuns: 400,
  })(
    'the states keep to the table, every call ends, and the object ends idle',
    async (chunkBytes, steps) => {
      const walk = new Walk(chunkBytes);
      for (const [name, size] of steps) await walk.steps[name]?.(size);
      await walk.finish();

      const told = await toldTo(walk.watcher);
      const visited: readonly Runstate[] = ['idle', ...told];
      const outside = told.filter((state, index) => !NEXT_RUNSTATES[visited[index] ?? 'idle'].includes(state));
      expect(outside).toEqual([]);
      expect(walk.chat.runstate).toBe('idle');
      expect(visited.at(-1)).toBe('idle');
      expect(walk.outcomes.filter((entry) => !isAllowed(entry))).toEqual([]);
      expect(walk.chat.ends).toHaveLength(told.filter((state) => state === 'connecting').length);
      const ends = new Set(walk.chat.ends);
      for (const closed of walk.closed) if (ends.size > 0) expect(ends).toContain(await closed);
      expect(walk.connector.listeners.filter(({ state }) => state === 'listening')).toEqual([]);
      expect(vi.getTimerCount()).toBe(0);
      await expect(walk.chat.disconnect()).resolves.toBeUndefined();
    },
    60_000,
  );
});
