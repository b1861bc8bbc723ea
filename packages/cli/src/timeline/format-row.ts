import type { Format, Paint } from '../terminal/paint.ts';
import { printable } from '../terminal/printable.ts';
import type { Entry } from './entry.ts';
import { spaceJson } from './space-json.ts';

interface Look {
  readonly arrow: string;
  readonly arrowFormat: Format;
  readonly nameFormat: Format;
  readonly contentFormat?: Format;
}

const LOOKS: { readonly [Kind in Entry['kind']]: Look } = {
  command: { arrow: '→', arrowFormat: 'cyan', nameFormat: 'bold' },
  reply: { arrow: '←', arrowFormat: 'green', nameFormat: 'dim' },
  error: { arrow: '←', arrowFormat: 'red', nameFormat: 'dim', contentFormat: 'red' },
  event: { arrow: '●', arrowFormat: 'yellow', nameFormat: ['bold', 'yellow'] },
};

const TIME_WIDTH = 10;
const NAME_WIDTH = 16;

/** Where the arrow stands in a row. */
export const ARROW_START: number = TIME_WIDTH + ' ms  '.length;

/** Where the content of a row begins, unless its name is long. */
export const CONTENT_START: number = ARROW_START + '→  '.length + NAME_WIDTH + '  '.length;

/** How rows are drawn. */
export interface RowOptions {
  readonly paint: Paint;
  /** Of a line, in characters; what does not fit is cut off. */
  readonly width: number;
  /** Whether each reply tells how long it took. */
  readonly showsLatency?: boolean;
}

/** A message as one line of a timeline, without its end: when, which way, what. */
export function formatRow(entry: Entry, { paint, width, showsLatency = false }: RowOptions): string {
  const { kind, atMs, name, content, latencyMs } = entry;
  const { nameFormat, contentFormat } = LOOKS[kind];
  const start = `${formatTime(atMs, paint)}  ${formatArrow(kind, paint)}  ${paint(nameFormat, printable(name))}`;
  const latency = showsLatency && latencyMs !== undefined ? `  (${latencyMs.toFixed(1)} ms)` : '';
  if (content === undefined) return start + paint('dim', latency);
  const shown = printable(kind === 'error' && typeof content === 'string' ? content : spaceJson(content));
  const text = truncate(shown, width - CONTENT_START - latency.length);
  const gap = ' '.repeat(Math.max(0, NAME_WIDTH - name.length) + 2);
  return start + gap + (contentFormat === undefined ? text : paint(contentFormat, text)) + paint('dim', latency);
}

/** A time, as rows begin with it. */
export function formatTime(atMs: number, paint: Paint): string {
  return paint('dim', `${atMs.toFixed(1).padStart(TIME_WIDTH)} ms`);
}

/** The arrow of a kind of message. */
export function formatArrow(kind: Entry['kind'], paint: Paint): string {
  const { arrow, arrowFormat } = LOOKS[kind];
  return paint(arrowFormat, arrow);
}

function truncate(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`;
}
