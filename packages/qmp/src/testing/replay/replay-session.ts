import { asError, Deferred, describeMessage, ignore, type Transport } from '@qmp/protocol';
import { type JsonObject, stringifyJson } from '@qmp/protocol/codecs';
import { JsonFramer, redactSecrets } from '@qmp/protocol/testing';

import { isQmpSecret } from '../../logging/secrets.ts';
import { textOf } from '../recording/text-of.ts';
import type { SessionEndEntry } from '../recording/recording-entry.ts';
import { closeSoon } from './close-soon.ts';
import { differenceOf, type ReplayMatch } from './difference-of.ts';
import { ReplayError } from './replay-error.ts';
import { type Expectation, isProbe, type ServerStep, type SessionScript } from './session-script.ts';

/** How a {@link ReplaySession} is played. */
export interface ReplaySessionOptions {
  readonly script: SessionScript;
  /** The server's end of the link. */
  readonly link: Transport;
  /** Breaks the link, as far as that is possible, with an error. */
  readonly breakLink: (error: Error) => void;
  readonly match: ReplayMatch;
  readonly delays: 'none' | 'recorded';
}

const encoder = new TextEncoder();

/** Timers count in 32 bits. */
const LONGEST_TIMER_MS = 2_147_483_647;

/** One session, played to one client. */
export class ReplaySession {
  readonly #script: SessionScript;
  readonly #link: Transport;
  readonly #breakLink: (error: Error) => void;
  readonly #match: ReplayMatch;
  #delays: 'none' | 'recorded';
  /** When the latest step was taken: now, and when it was recorded. */
  #latest: { readonly atMs: number; readonly recordedMs: number } = { atMs: performance.now(), recordedMs: 0 };
  #state: 'playing' | 'over' = 'playing';
  /** Settles when nothing more can happen until the client says something. */
  #rest = new Deferred<void>();
  /** Settles when something has changed: the client has said something, or is gone. */
  #news = new Deferred<void>();

  constructor({ script, link, breakLink, match, delays }: ReplaySessionOptions) {
    this.#script = script;
    this.#link = link;
    this.#breakLink = breakLink;
    this.#match = match;
    this.#delays = delays;
  }

  /**
   * Plays it until one side ends it.
   *
   * @throws ReplayError when the client does not keep to the recording; what reading the recording throws.
   */
  async run(): Promise<void> {
    const outcomes = await Promise.allSettled([this.#listen(), this.#play()]);
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  }

  /** Hangs up on the client, after all that can be said to it now: no time is waited for any more. */
  hangUp(): void {
    this.#delays = 'none';
    this.#tellNews();
    closeSoon(this.#link);
  }

  /** Ends it now. */
  abort(): void {
    this.#stop();
    this.#link.abort();
  }

  /** Takes the server's steps, each as soon as it may be. */
  async #play(): Promise<void> {
    try {
      while (this.#state === 'playing') {
        await this.#script.readAhead();
        const [step] = this.#script.steps;
        if (step?.needs.every(({ received }) => received !== undefined) !== true) {
          this.#rest.resolve();
          await this.#awaitNews(Infinity);
        } else if (this.#millisecondsUntil(step) > 0) {
          await this.#awaitNews(this.#millisecondsUntil(step));
        } else {
          this.#script.steps.shift();
          await this.#take(step);
        }
      }
    } catch (error) {
      this.#breakLink(asError(error));
      throw error;
    } finally {
      this.#stop();
    }
  }

  /** Hears the client out. */
  async #listen(): Promise<void> {
    const framer = new JsonFramer();
    try {
      for await (const chunk of this.#link.readable) {
        for (const { bytes, message } of framer.decode(chunk)) {
          await this.#receive(message === undefined ? textOf(bytes) : message);
        }
      }
    } catch (error) {
      // Whatever else there is comes of the link: the client is gone.
      if (error instanceof ReplayError) throw error;
    } finally {
      this.#stop();
    }
  }

  async #receive(said: JsonObject | string): Promise<void> {
    if (said === '' || isProbe(said)) return;
    const shown = typeof said === 'string' ? said : redactSecrets(said, isQmpSecret);
    const id = typeof said === 'string' ? undefined : said['id'];
    const received = { id, atMs: performance.now() };
    while (this.#state === 'playing') {
      const expectation = this.#script.expected.find((each) => differenceFrom(each, shown, this.#match) === undefined);
      if (expectation !== undefined) {
        expectation.received = received;
        this.#script.expected.splice(this.#script.expected.indexOf(expectation), 1);
        this.#tellNews();
        return;
      }
      if (this.#rest.state === 'settled') throw await this.#refuse(shown, id);
      await this.#rest.promise;
    }
  }

  /** Tells the client, too, and hangs up. */
  async #refuse(said: JsonObject | string, id: JsonObject['id']): Promise<ReplayError> {
    const error = this.#errorAbout(said);
    if (typeof said !== 'string') await this.#send({ id, error: { class: 'GenericError', desc: error.message } });
    closeSoon(this.#link);
    return error;
  }

  #errorAbout(said: JsonObject | string): ReplayError {
    const { expected, line } = this.#script;
    const what = `Replay: the client sent ${show(said)}`;
    // The one with the same command was meant, most likely.
    const meant = expected.find((each) => differenceFrom(each, said, 'command') === undefined) ?? expected[0];
    if (meant === undefined) {
      return new ReplayError(`${what}, but expected nothing more from it (the recording ends with line ${line})`, {
        line,
      });
    }
    const why = differenceFrom(meant, said, this.#match);
    const wanted = show(meant.entry.kind === 'text' ? meant.entry.text : meant.entry.message);
    return new ReplayError(`${what}, but expected ${wanted} (line ${meant.line} of the recording): ${why}`, meant);
  }

  async #take({ entry, answers }: ServerStep): Promise<void> {
    this.#latest = { atMs: performance.now(), recordedMs: entry.ms };
    if (entry.kind === 'end') this.#end(entry);
    else if (entry.kind === 'text') await this.#write(entry.text);
    else await this.#send(answers === undefined ? entry.message : { ...entry.message, id: answers.received?.id });
  }

  #end({ by, error }: SessionEndEntry): void {
    this.#stop();
    if (by === 'link') this.#breakLink(new Error(error ?? 'the link broke'));
    else closeSoon(this.#link);
  }

  #send(message: JsonObject): Promise<void> {
    return this.#write(stringifyJson(message));
  }

  /** That the client takes no more is heard by whoever listens to it. */
  async #write(text: string): Promise<void> {
    await Promise.resolve(this.#link.write(encoder.encode(`${text}\r\n`))).catch(ignore);
  }

  /** How much later a step was taken when it was recorded, after what it followed. */
  #millisecondsUntil({ entry: { ms }, needs }: ServerStep): number {
    if (this.#delays === 'none') return 0;
    const { atMs, recordedMs } = this.#latest;
    const times = needs.map(({ entry, received }) => (received?.atMs ?? 0) + ms - entry.ms);
    return Math.max(atMs + ms - recordedMs, ...times) - performance.now();
  }

  /** Until there is news, or the time is up. */
  async #awaitNews(ms: number): Promise<void> {
    this.#news = new Deferred();
    const timer = ms === Infinity ? undefined : setTimeout(() => this.#news.resolve(), Math.min(ms, LONGEST_TIMER_MS));
    await this.#news.promise;
    clearTimeout(timer);
  }

  #tellNews(): void {
    if (this.#state === 'playing') this.#rest = new Deferred();
    this.#news.resolve();
  }

  #stop(): void {
    this.#state = 'over';
    this.#rest.resolve();
    this.#news.resolve();
  }
}

function differenceFrom({ entry }: Expectation, said: JsonObject | string, match: ReplayMatch): string | undefined {
  if (entry.kind === 'message') {
    return typeof said === 'string' ? 'it is no message' : differenceOf(entry.message, said, match);
  }
  if (typeof said !== 'string') return 'it is a message';
  return match === 'exact' && said !== entry.text ? 'it is another text' : undefined;
}

function show(said: JsonObject | string): string {
  return typeof said === 'string' ? JSON.stringify(said) : describeMessage({ ...said, id: undefined });
}
