import type { Paint } from '../terminal/paint.ts';
import type { Entry } from '../timeline/entry.ts';
import { ARROW_START, CONTENT_START, formatArrow, formatRow } from '../timeline/format-row.ts';
import { wrap } from '../terminal/wrap.ts';

const ABOUT =
  'QEMU runs virtual machines. Programs steer it by QMP, the QEMU Machine Protocol: messages both ways, over a socket.';
const MEANINGS = [
  ['command', 'a command, from this program to QEMU'],
  ['reply', 'the reply: every command gets one'],
  ['event', 'an event: something happened, and QEMU says so unasked'],
] as const;

const SHORTEST_CONTENT = 20;
const NOTE_INDENT = '   ';

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
  readonly #width: number;
  #latestCommand: string | undefined;
  #repetitions = 0;

  constructor(options: TimelineOptions) {
    this.#write = options.write;
    this.#paint = options.paint;
    this.#width = Math.max(CONTENT_START + SHORTEST_CONTENT, options.width);
  }

  /** The title, and what the arrows mean. */
  introduction(): void {
    this.#line(this.#paint('bold', 'A conversation with QEMU'));
    for (const line of wrap(ABOUT, this.#width)) this.#line(line);
    this.#line('');
    for (const [kind, meaning] of MEANINGS) this.#line(`${NOTE_INDENT}${formatArrow(kind, this.#paint)}  ${meaning}`);
  }

  /** Begins a part of the story. */
  chapter(title: string, text: string): void {
    this.#line('');
    const [first = '', ...others] = wrap(`${title}. ${text}`, this.#width);
    this.#line(this.#paint('bold', first.slice(0, title.length + 1)) + first.slice(title.length + 1));
    for (const line of others) this.#line(line);
  }

  /** A remark on what is going on. */
  note(text: string): void {
    for (const line of wrap(text, this.#width - NOTE_INDENT.length)) this.#line(this.#paint('dim', NOTE_INDENT + line));
  }

  /** The last word, on one line. */
  conclusion(text: string): void {
    this.#line('');
    this.#line(this.#paint('bold', text));
  }

  /** The line of a program that does what follows. */
  code(text: string): void {
    this.#line(NOTE_INDENT + this.#paint('magenta', text));
  }

  /** One message. */
  add(entry: Entry): void {
    if (entry.name === this.#latestCommand) {
      if (entry.kind === 'command') {
        this.#repetitions += 1;
        return;
      }
      if (entry.kind === 'reply' && this.#repetitions > 0) return;
    }
    this.#tellRepetitions();
    this.#write(`${formatRow(entry, { paint: this.#paint, width: this.#width })}\n`);
    if (entry.kind === 'command') this.#latestCommand = entry.name;
  }

  #line(text: string): void {
    this.#tellRepetitions();
    this.#latestCommand = undefined;
    this.#write(`${text}\n`);
  }

  #tellRepetitions(): void {
    if (this.#repetitions === 0) return;
    const times = this.#repetitions === 1 ? 'one more' : `${this.#repetitions} more`;
    this.#write(`${this.#paint('dim', `${' '.repeat(ARROW_START)}…  and ${times} of these`)}\n`);
    this.#repetitions = 0;
  }
}
