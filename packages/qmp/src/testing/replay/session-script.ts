import { type JsonObject, stringifyJson } from '@qmp/protocol/codecs';

import type { NumberedEntry } from '../recording/read-recording.ts';
import type { RecordedMessage, RecordedText, SessionEndEntry } from '../recording/recording-entry.ts';
import type { EntryReader } from './entry-reader.ts';

/** So much of a recording is read ahead at most, in entries of either side. */
const MOST_AHEAD = 1_000;

/** What our own client asks a server that is silent. */
const PROBE_ID = 'probe';

/** Something that the client said when it was recorded, and is to say again. */
export interface Expectation {
  readonly line: number;
  readonly entry: RecordedMessage | RecordedText;
  /** What the client has said in its place, and when; set once it has come. */
  received: { readonly id: JsonObject['id']; readonly atMs: number } | undefined;
}

/** Something that the server did. */
export interface ServerStep {
  readonly line: number;
  readonly entry: RecordedMessage | RecordedText | SessionEndEntry;
  /** What the client must have said before. */
  readonly needs: readonly Expectation[];
  /** What it is the reply to. */
  readonly answers: Expectation | undefined;
}

/**
 * One session of a recording as a server plays it. Its steps keep their order. A reply needs its command, and whatever
 * else the server says needs the command that it was at: of all that had no reply yet the oldest, as in-band commands
 * are executed one after the other, and those out-of-band. So a client that waits for each reply can replay what one
 * recorded that did not, and the other way round.
 */
export class SessionScript {
  /** What the client is to say next, in the order of the recording; which of these it says first does not matter. */
  readonly expected: Expectation[] = [];
  readonly steps: ServerStep[] = [];
  /** The last line that was read. */
  line = 0;
  readonly #reader: EntryReader;
  /** Commands that have no reply yet, in what was read. */
  #unanswered: Expectation[] = [];
  #isRead = false;

  constructor(reader: EntryReader) {
    this.#reader = reader;
  }

  /**
   * Reads up to the next reply whose command has not come yet: all commands before it were on their way together.
   *
   * @throws RecordingError, or what reading the source throws.
   */
  async readAhead(): Promise<void> {
    while (!this.#isRead && !this.#isFarEnough) {
      const next = await this.#reader.peek();
      if (next === undefined || next.entry.kind === 'header') {
        this.#isRead = true;
      } else {
        this.#reader.skip();
        this.#add(next);
      }
    }
  }

  get #isFarEnough(): boolean {
    const answers = this.steps.at(-1)?.answers;
    const isAtReply = answers !== undefined && answers.received === undefined;
    return isAtReply || this.expected.length + this.steps.length >= MOST_AHEAD;
  }

  #add({ line, entry }: NumberedEntry): void {
    this.line = line;
    if (entry.kind === 'header' || (entry.kind === 'message' && isProbe(entry.message))) return;
    if (entry.kind === 'end') {
      this.#isRead = true;
      // A client that leaves does so by itself.
      if (entry.by !== 'client') this.steps.push({ line, entry, needs: this.#underWay, answers: undefined });
    } else if (entry.from === 'client') {
      const expectation: Expectation = { line, entry, received: undefined };
      this.expected.push(expectation);
      this.#unanswered.push(expectation);
    } else {
      const answers = entry.kind === 'message' ? this.#takeAnswered(entry.message) : undefined;
      this.steps.push({ line, entry, needs: answers === undefined ? this.#underWay : [answers], answers });
    }
  }

  /** What the server may be at. */
  get #underWay(): Expectation[] {
    const oldest = this.#unanswered.find((expectation) => !isOutOfBand(expectation));
    return this.#unanswered.filter((expectation) => expectation === oldest || isOutOfBand(expectation));
  }

  #takeAnswered(reply: JsonObject): Expectation | undefined {
    if (!('return' in reply) && !('error' in reply)) return undefined;
    const answered = this.#unanswered.find((expectation) => isAnsweredBy(expectation, reply));
    this.#unanswered = this.#unanswered.filter((expectation) => expectation !== answered);
    return answered;
  }
}

/**
 * Whether it is our own client's question to a server that is silent, or the answer: it depends on time alone, so it is
 * neither expected nor answered.
 */
export function isProbe(message: JsonObject | string): boolean {
  return typeof message !== 'string' && message['id'] === PROBE_ID;
}

function isOutOfBand({ entry }: Expectation): boolean {
  return entry.kind === 'message' && 'exec-oob' in entry.message;
}

/** An error about what is no message has no id. */
function isAnsweredBy({ entry }: Expectation, reply: JsonObject): boolean {
  if (entry.kind === 'text') return reply['id'] === undefined && 'error' in reply;
  const { id } = entry.message;
  return id === undefined || reply['id'] === undefined
    ? id === reply['id']
    : stringifyJson(id) === stringifyJson(reply['id']);
}
