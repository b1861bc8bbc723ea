import { describeUnwritable } from './describe-unwritable.ts';
import { formatDouble } from './format-double.ts';
import { isPlainObject, MAX_NESTING } from './plain-object.ts';
import { isCharacter } from './utf8.ts';
import { WireDouble } from './wire-value.ts';

const LINE_END = '\r\n';
const INDENTATION = '    ';

/** What stands between quotes as it is. */
const PLAIN = /^[ !#-[\]-~]*$/;
const ESCAPED = /[^ !#-[\]-~]/gu;
const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['\b', '\\b'],
  ['\f', '\\f'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);
const REPLACEMENT = '\\uFFFD';

/** So many names of members are kept as they are written: a server says the same ones over and over. */
const MOST_NAMES = 1024;

/** What stands around the members of an object, or the items of an array. */
interface Layout {
  readonly before: string;
  readonly between: string;
  readonly after: string;
}

const ONE_LINE: Layout = { before: '', between: ', ', after: '' };

/** Writes messages as QEMU does: in ASCII, with a blank behind each comma and colon, or one member a line. */
export class MessageWriter {
  readonly #isPretty: boolean;
  readonly #names = new Map<string, string>();

  constructor(isPretty: boolean) {
    this.#isPretty = isPretty;
  }

  /** @throws TypeError naming the path of what JSON cannot say. */
  write(message: object): string {
    const text = this.#object(message, 1);
    if (text === undefined) throw new TypeError(describeUnwritable(message));
    return text + LINE_END;
  }

  /** `undefined` where JSON cannot say it: where that is takes another look, which only those pay for who need it. */
  #value(value: unknown, depth: number): string | undefined {
    switch (typeof value) {
      case 'string':
        return `"${escape(value)}"`;
      case 'number':
        return formatNumber(value);
      case 'boolean':
        return value ? 'true' : 'false';
      case 'bigint':
        return String(value);
      case 'object':
        return value === null ? 'null' : this.#object(value, depth);
      default:
        return undefined;
    }
  }

  #object(value: object, depth: number): string | undefined {
    if (depth > MAX_NESTING) return undefined;
    if (isPlainObject(value)) return this.#members(value, depth);
    if (Array.isArray(value)) return this.#items(value, depth);
    return value instanceof WireDouble ? formatDouble(value.value) : undefined;
  }

  #members(members: Readonly<Record<string, unknown>>, depth: number): string | undefined {
    const { before, between, after } = this.#layoutAt(depth);
    let text = '';
    for (const name in members) {
      const value = members[name];
      if (value === undefined) continue;
      const written = this.#value(value, depth + 1);
      if (written === undefined) return undefined;
      text += (text === '' ? before : between) + this.#name(name) + written;
    }
    return `{${text}${after}}`;
  }

  #items(items: readonly unknown[], depth: number): string | undefined {
    const { before, between, after } = this.#layoutAt(depth);
    let text = '';
    for (let index = 0; index < items.length; index++) {
      const written = this.#value(items[index], depth + 1);
      if (written === undefined) return undefined;
      text += (index === 0 ? before : between) + written;
    }
    return `[${text}${after}]`;
  }

  #layoutAt(depth: number): Layout {
    if (!this.#isPretty) return ONE_LINE;
    const before = LINE_END + INDENTATION.repeat(depth);
    return { before, between: `,${before}`, after: LINE_END + INDENTATION.repeat(depth - 1) };
  }

  /** A name as it stands before its value. */
  #name(name: string): string {
    const known = this.#names.get(name);
    if (known !== undefined) return known;
    const written = `"${escape(name)}": `;
    if (this.#names.size < MOST_NAMES) this.#names.set(name, written);
    return written;
  }
}

function formatNumber(value: number): string | undefined {
  if (Number.isSafeInteger(value)) return String(value);
  if (!Number.isFinite(value)) return undefined;
  return Number.isInteger(value) ? String(BigInt(value)) : formatDouble(value);
}

function escape(text: string): string {
  return PLAIN.test(text) ? text : text.replace(ESCAPED, escapeCharacter);
}

function escapeCharacter(character: string): string {
  const escaped = ESCAPES.get(character);
  if (escaped !== undefined) return escaped;
  if (!isCharacter(character.codePointAt(0) ?? 0)) return REPLACEMENT;
  let text = '';
  for (let index = 0; index < character.length; index++) {
    text += `\\u${character.charCodeAt(index).toString(16).toUpperCase().padStart(4, '0')}`;
  }
  return text;
}
