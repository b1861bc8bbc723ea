import {
  type Address,
  asError,
  type CallOptions,
  ignore,
  type Listener,
  nobodyMustCatch,
  type Transport,
} from '@qmp/protocol';
import { transportPair } from '@qmp/protocol/testing';
import { platformConnector } from '#connector';

import { readRecording, type RecordingSource } from '../recording/read-recording.ts';
import type { ReplayMatch } from './difference-of.ts';
import { EntryReader } from './entry-reader.ts';
import { ReplayError } from './replay-error.ts';
import { ReplaySession } from './replay-session.ts';
import { SessionScript } from './session-script.ts';
import { UnusedMessages } from './unused-messages.ts';

/** How a recording is replayed. */
export interface ReplayOptions {
  /** How closely the client has to keep to the recording; `exact` unless told otherwise. */
  readonly match?: ReplayMatch | undefined;
  /** `recorded` answers as slowly as it was recorded; `none`, the default, at once. */
  readonly delays?: 'none' | 'recorded' | undefined;
}

/**
 * A server that does again what a recording says: for tests of code that needs a QEMU, without one.
 *
 * ```ts
 * const recording = replay(createReadStream('boot.jsonl'));
 * const vm = await QmpClient.connect(recording.transport());
 * // your code, and what you expect of it
 * await recording.finished();
 * ```
 */
export function replay(source: RecordingSource, options: ReplayOptions = {}): Replay {
  return new Replay(source, options);
}

/** See {@link replay}. Each connection gets the next session of the recording, one after the other, as QEMU does it. */
export class Replay implements AsyncDisposable {
  readonly #options: ReplayOptions;
  readonly #reader: EntryReader;
  readonly #unused = new UnusedMessages();
  readonly #closing = new AbortController();
  readonly #listeners = new Set<Listener>();
  /** Those that wait for their turn, or have it. */
  #turn: Promise<void> = Promise.resolve();
  #session: ReplaySession | undefined;
  #isOver = false;
  #failure: { readonly error: unknown } | undefined;

  constructor(source: RecordingSource, options: ReplayOptions) {
    this.#options = options;
    this.#reader = new EntryReader(readRecording(source));
  }

  /** Whether the last session has been played, or one has failed. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** The client's end of the next session, in memory, for `connect()`. */
  transport(): Transport {
    const [near, far] = transportPair();
    this.#enqueue(far, (error) => far.break(error)).catch(ignore);
    return near;
  }

  /**
   * Plays the next session to a client that has come in some other way; resolves when it is over.
   *
   * @throws ReplayError when the client does not keep to the recording; RecordingError, and what reading it throws.
   */
  serve(link: Transport): Promise<void> {
    return this.#enqueue(link, (error) => link.abort(error));
  }

  /**
   * Plays to everybody who connects at an address, until there is no session left. Resolves, once it listens, with where
   * it really does: the port of `127.0.0.1:0` is filled in.
   *
   * @throws AddressError; `ListenError` where there is one; `signal.reason`.
   */
  async listen(at: Address, { signal = this.#closing.signal }: Pick<CallOptions, 'signal'> = {}): Promise<string> {
    const listener = await platformConnector.listen(at, { signal });
    this.#listeners.add(listener);
    void this.#serveAll(listener);
    return listener.description;
  }

  /**
   * For the end of a test, when the client has its replies: hangs up, and checks that it has kept to the recording up to
   * the end.
   *
   * @throws ReplayError when it has not, or when something is left that it has not sent; RecordingError, and what reading
   *   the recording throws.
   */
  async finished(): Promise<void> {
    this.#session?.hangUp();
    await this.#leave();
    if (this.#failure === undefined) await this.#skip('everything');
    await this.#reader.close();
    if (this.#failure !== undefined) throw this.#failure.error;
    this.#unused.check();
  }

  /** Hangs up, whatever is left. Never throws. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#session?.abort();
    await this.#leave();
    await this.#reader.close().catch(ignore);
  }

  /** Lets nobody in any more, and waits for those who are. */
  async #leave(): Promise<void> {
    this.#closing.abort(new Error('The replay is over'));
    await Promise.all([...this.#listeners].map((listener) => listener.close()));
    await this.#turn;
  }

  async #serveAll(listener: Listener): Promise<void> {
    try {
      while (!this.#isOver) await this.serve(await listener.accept({ signal: this.#closing.signal })).catch(ignore);
    } catch {
      // Nobody can come any more.
    }
    await listener.close();
  }

  #enqueue(link: Transport, breakLink: (error: Error) => void): Promise<void> {
    const played = this.#turn.then(() => this.#play(link, breakLink));
    this.#turn = played.catch(ignore);
    return nobodyMustCatch(() => played);
  }

  async #play(link: Transport, breakLink: (error: Error) => void): Promise<void> {
    if (this.#closing.signal.aborted) {
      link.abort();
      return;
    }
    try {
      const script = await this.#begin(breakLink);
      const { match = 'exact', delays = 'none' } = this.#options;
      this.#session = new ReplaySession({ script, link, breakLink, match, delays });
      await this.#session.run();
      this.#unused.add(script.expected);
      await this.#skip('session');
      this.#isOver = (await this.#reader.peek()) === undefined;
    } catch (error) {
      this.#isOver = true;
      this.#failure ??= { error };
      throw error;
    } finally {
      this.#session = undefined;
    }
  }

  /** The next session. */
  async #begin(breakLink: (error: Error) => void): Promise<SessionScript> {
    try {
      const header = await this.#reader.peek();
      if (header === undefined) {
        throw new ReplayError('Replay: a client has connected, but the recording has no session left for it', {
          line: 0,
        });
      }
      this.#reader.skip();
      return new SessionScript(this.#reader);
    } catch (error) {
      breakLink(asError(error));
      throw error;
    }
  }

  /** Steps over what is left: of this session, or of all of them. */
  async #skip(what: 'session' | 'everything'): Promise<void> {
    for (let next = await this.#reader.peek(); next !== undefined; next = await this.#reader.peek()) {
      if (next.entry.kind === 'header' && what === 'session') return;
      this.#unused.add([next]);
      this.#reader.skip();
    }
  }
}
