import { formatDouble } from './format-double.ts';
import { isCharacter } from './utf8.ts';
import { WireDouble } from './wire-value.ts';

const MAX_NESTING = 1024;
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

/** Writes messages as QEMU does: in ASCII, with a blank behind each comma and colon, or one member a line. */
export class MessageWriter {
  readonly #isPretty: boolean;
  #text = '';
  /** The way to the current value; what is deeper than that is left over from others. */
  readonly #path: (string | number)[] = [];

  constructor(isPretty: boolean) {
    this.#isPretty = isPretty;
  }

  /** @throws TypeError naming the path of what JSON cannot say. */
  write(message: object): string {
    this.#value(message, 0);
    return this.#text + LINE_END;
  }

  #value(value: unknown, depth: number): void {
    switch (typeof value) {
      case 'string':
        this.#text += `"${escape(value)}"`;
        break;
      case 'number':
        this.#number(value, depth);
        break;
      case 'boolean':
      case 'bigint':
        this.#text += String(value);
        break;
      case 'object':
        this.#object(value, depth);
        break;
      default:
        throw this.#fault(`${value === undefined ? 'undefined' : `a ${typeof value}`} is not a JSON value`, depth);
    }
  }

  #number(value: number, depth: number): void {
    if (!Number.isFinite(value)) throw this.#fault(`${value} is not a JSON number`, depth);
    if (Number.isSafeInteger(value)) this.#text += value;
    else this.#text += Number.isInteger(value) ? BigInt(value) : formatDouble(value);
  }

  #object(value: object | null, depth: number): void {
    if (value === null) this.#text += 'null';
    else if (value instanceof WireDouble) this.#text += formatDouble(value.value);
    else if (depth === MAX_NESTING) throw this.#fault(`nested deeper than ${MAX_NESTING} levels, or a cycle`, depth);
    else if (Array.isArray(value)) this.#items(value, depth);
    else if (isPlainObject(value)) this.#members(value, depth);
    else throw this.#fault(`${className(value)} is not a JSON value; expected a plain object`, depth);
  }

  #items(items: readonly unknown[], depth: number): void {
    this.#text += '[';
    for (let index = 0; index < items.length; index++) {
      this.#path[depth] = index;
      this.#separate(index === 0, depth + 1);
      this.#value(items[index], depth + 1);
    }
    this.#close(']', depth);
  }

  #members(members: Readonly<Record<string, unknown>>, depth: number): void {
    this.#text += '{';
    let isFirst = true;
    for (const name of Object.keys(members)) {
      const value = members[name];
      if (value === undefined) continue;
      this.#path[depth] = name;
      this.#separate(isFirst, depth + 1);
      this.#text += `"${escape(name)}": `;
      this.#value(value, depth + 1);
      isFirst = false;
    }
    this.#close('}', depth);
  }

  #separate(isFirst: boolean, depth: number): void {
    if (this.#isPretty) this.#text += (isFirst ? '' : ',') + LINE_END + INDENTATION.repeat(depth);
    else if (!isFirst) this.#text += ', ';
  }

  #close(bracket: string, depth: number): void {
    if (this.#isPretty) this.#text += LINE_END + INDENTATION.repeat(depth);
    this.#text += bracket;
  }

  #fault(what: string, depth: number): TypeError {
    const path = this.#path.slice(0, depth).join('.');
    return new TypeError(path === '' ? what : `${path}: ${what}`);
  }
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

function isPlainObject(value: object): value is Readonly<Record<string, unknown>> {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null || Object.getPrototypeOf(prototype) === null;
}

function className(value: object): string {
  const { constructor } = value;
  return typeof constructor === 'function' && constructor.name !== '' ? constructor.name : 'an object with a prototype';
}
