import type { Format, Paint } from '../terminal/paint.ts';
import { abbreviate } from './abbreviate.ts';
import type { Entry } from './entry.ts';

interface Look {
  readonly arrow: string;
  readonly arrowFormat: Format;
  readonly nameFormat: Format;
  readonly contentFormat: Format;
}

const LOOKS: { readonly [Kind in Entry['kind']]: Look } = {
  command: { arrow: '→', arrowFormat: 'cyan', nameFormat: 'bold', contentFormat: 'reset' },
  reply: { arrow: '←', arrowFormat: 'green', nameFormat: 'dim', contentFormat: 'reset' },
  error: { arrow: '←', arrowFormat: 'red', nameFormat: 'dim', contentFormat: 'red' },
  event: { arrow: '●', arrowFormat: 'yellow', nameFormat: ['bold', 'yellow'], contentFormat: 'reset' },
};

const TIME_WIDTH = 10;
const NAME_WIDTH = 16;
const CONTENT_START = TIME_WIDTH + ' ms  → '.length + 1 + NAME_WIDTH + 2;
const SHORTEST_CONTENT = 20;

/** How a timeline is drawn. */
export interface TimelineOptions {
  readonly write: (text: string) => void;
  readonly paint: Paint;
  /** Of a line, in characters. */
  readonly width: number;
}

/**
 * A conversation as a person enjoys reading it: chapters with a sentence each, and one line per message. A command that
 * only repeats the one before it is counted, not shown.
 */
export class Timeline {
  readonly #write: (text: string) => void;
  readonly #paint: Paint;
  readonly #contentWidth: number;
  #latestCommand: string | undefined;
  #repetitions = 0;

  constructor(options: TimelineOptions) {
    this.#write = options.write;
    this.#paint = options.paint;
    this.#contentWidth = Math.max(SHORTEST_CONTENT, options.width - CONTENT_START);
  }

  /** What the arrows mean. */
  legend(): void {
    const meanings = [
      ['command', 'a command, from this program to QEMU'],
      ['reply', 'its reply: every command gets one'],
      ['event', 'an event: QEMU tells, unasked, what happens'],
    ] as const;
    for (const [kind, meaning] of meanings) this.#line(`   ${this.#arrow(kind)}  ${meaning}`);
  }

  /** Begins a part of the story. */
  chapter(title: string, text: string): void {
    this.#line('');
    this.#line(`${this.#paint('bold', `${title}.`)} ${text}`);
  }

  /** A line about what is going on. */
  note(text: string): void {
    this.#line(this.#paint('dim', `   ${text}`));
  }

  /** A line of its own, such as a title or the last word. */
  headline(text: string): void {
    this.#line(this.#paint('bold', text));
  }

  /** One message. */
  add(entry: Entry): void {
    const isRepeated = entry.name === this.#latestCommand;
    if (isRepeated && entry.kind === 'command') {
      this.#repetitions += 1;
      return;
    }
    if (isRepeated && entry.kind === 'reply' && this.#repetitions > 0) return;
    this.#line(this.#row(entry));
    if (entry.kind === 'command') this.#latestCommand = entry.name;
  }

  #row({ kind, atMs, name, content }: Entry): string {
    const { nameFormat, contentFormat } = LOOKS[kind];
    const time = this.#paint('dim', `${atMs.toFixed(1).padStart(TIME_WIDTH)} ms`);
    const start = `${time}  ${this.#arrow(kind)}  ${this.#paint(nameFormat, name.padEnd(NAME_WIDTH))}`;
    if (content === undefined) return start.trimEnd();
    const text = kind === 'error' && typeof content === 'string' ? content : abbreviate(content, this.#contentWidth);
    return `${start}  ${this.#paint(contentFormat, text)}`;
  }

  #arrow(kind: Entry['kind']): string {
    const { arrow, arrowFormat } = LOOKS[kind];
    return this.#paint(arrowFormat, arrow);
  }

  /** Whatever is written, what was only counted comes before it. */
  #line(text: string): void {
    const repetitions = this.#repetitions;
    this.#repetitions = 0;
    if (repetitions > 0) {
      const times = repetitions === 1 ? 'once more' : `${repetitions} times more`;
      this.#write(`${this.#paint('dim', `${' '.repeat(TIME_WIDTH + 5)}…  ${this.#latestCommand ?? ''}, ${times}`)}\n`);
    }
    this.#latestCommand = undefined;
    this.#write(`${text}\n`);
  }
}
