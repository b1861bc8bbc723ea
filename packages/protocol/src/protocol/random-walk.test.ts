import { fc, test } from '@fast-check/vitest';
import { afterEach, beforeEach, describe, expect, vi } from 'vitest';

import { bytesOf } from '../bytes-of.test-kit.ts';
import { ConnectError, StateError } from '../errors/connection-errors.ts';
import { QmpError } from '../errors/qmp-error.ts';
import { isPending, microtasks } from '../microtasks.test-kit.ts';
import { NEXT_RUNSTATES, type Runstate } from '../runstate/runstate.ts';
import { GARBAGE } from '../session/chat-codec.test-kit.ts';
import { type MemoryTransport, transportPair } from '../testing/transport-pair.ts';
import type { Transport } from '../transport/transport.ts';
import { forbidUnhandledRejections } from '../unhandled-rejections.test-kit.ts';
import { Deferred } from '../wait/deferred.ts';
import { Chat, toldTo } from './chat.test-kit.ts';
import { MemoryConnector } from './memory-connector.test-kit.ts';

/** What the caller's own signals and aborts end with. */
class CallerLeft {
  readonly why = 'the caller left';
}

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
  readonly #pairOptions: { readonly chunkBytes: () => number };
  readonly #dials: Deferred<Transport>[] = [];
  /** The near ends that the object was given, and did not refuse. */
  readonly #taken = new Set<MemoryTransport>();
  readonly #stalls: (() => void)[] = [];
  #controller = new AbortController();
  #said = 0;

  constructor(chunkBytes: number) {
    let chunks = 0;
    // Now and then a large one, or the large messages would take for ever.
    this.#pairOptions = { chunkBytes: () => (chunks++ % 4 === 3 ? 200_000 : chunkBytes) };
    this.connector.onDial = () => {
      const dial = new Deferred<Transport>();
      this.#dials.push(dial);
      return dial.promise;
    };
    this.chat.onLine = (line) => {
      if (line === 'throw') throw BUG;
      if (line === 'disconnect') return this.chat.disconnect();
      if (line === 'abort') this.chat.abort(new CallerLeft());
      return undefined;
    };
  }

  /** Everything that can happen, in any state; `size` is whatever the step makes of it. */
  readonly steps: { readonly [name: string]: (size: number) => void | Promise<void> } = {
    'start afresh': async () => {
      this.chat.abort();
      await microtasks();
      await this.steps['connect']?.(49);
      await microtasks();
    },
    connect: (size) => {
      this.#chooseHandshake(size);
      const { near } = this.#wire();
      const connected = this.chat.connect(near, this.#options(size));
      this.#watch('connect', connected);
      connected.catch((error: unknown) => {
        if (error instanceof StateError) this.#taken.delete(near);
      });
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
    'peer speaks': (size) => this.#peerSays('hello\n'.repeat(size)),
    'peer floods': () => this.#peerSays(`${'x'.repeat(300_000)}\n`),
    'peer commands': (size) => this.#peerSays(`${['throw', 'disconnect', 'abort'][size % 3]}\n`),
    'peer speaks garbage': () => this.#peerSays(`${GARBAGE}\n`),
    'peer stops in the middle': () => this.#peerSays('half a li'),
    'peer hangs up': () => void this.#far?.hangUp().catch(() => 'the link broke first'),
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

  /** How many transports it has forgotten to close. */
  async countLeaks(): Promise<number> {
    const states = [...this.#taken].map(async (near) => {
      const written = Promise.resolve(near.write(bytesOf('?')));
      if (await isPending(written)) return 1;
      return await written.then(
        () => 1,
        () => 0,
      );
    });
    return (await Promise.all(states)).reduce<number>((sum, leak) => sum + leak, 0);
  }

  get #far(): MemoryTransport | undefined {
    return this.wires.at(-1)?.far;
  }

  /** A scripted peer does not care whether it is heard. */
  #peerSays(text: string): void {
    Promise.resolve(this.#far?.write(bytesOf(text))).catch(() => 'nobody listens any more');
  }

  #wire(): { readonly near: MemoryTransport; readonly far: MemoryTransport } {
    const [near, far] = transportPair(this.#pairOptions);
    const wire = { near, far };
    this.wires.push(wire);
    this.#taken.add(near);
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
      switch (size) {
        case 1:
          await this.chat.hear();
          return await join();
        case 2:
          throw new Error('no');
        case 3:
          return undefined;
        case 4:
          await join();
          return await new Deferred<void>().promise;
        case 5:
          await join();
          throw new Error('no, after all');
        default:
          return await join();
      }
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

function isAboutTheSession(name: string): boolean {
  return /^(peer|link|say|a moment|all|time|start afresh|disconnect)/.test(name);
}

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

  // Half of the time there should be a session for things to happen to.
  const step = fc.tuple(
    fc.oneof(fc.constantFrom(...STEP_NAMES), fc.constantFrom(...STEP_NAMES.filter(isAboutTheSession))),
    fc.integer({ min: 1, max: 50 }),
  );

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
      expect(await walk.countLeaks()).toBe(0);
      expect(vi.getTimerCount()).toBe(0);
      await expect(walk.chat.disconnect()).resolves.toBeUndefined();
    },
    60_000,
  );
});
