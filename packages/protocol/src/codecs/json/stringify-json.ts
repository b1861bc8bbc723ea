import { formatPath } from './json-path.ts';
import type { JsonValue } from './json-value.ts';
import { isPlainObject } from './plain-object.ts';
import { MAX_NESTING } from './max-nesting.ts';
import { FIRST_WITH_EXPONENT, stringifyNatively } from './stringify-natively.ts';

// All but what stands in quotes as it is: control characters, quote, backslash, and surrogates, which may be half a
// character.
const SPECIAL = /[^ !#-[\]-\ud7ff\ue000-\uffff]/;
const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * Writes a JSON value as short as JSON allows, integers exactly: a `bigint`, and any integral `number`, as plain
 * digits.
 * Members that are `undefined` are left out.
 *
 * @throws TypeError naming the path of what JSON cannot say (`arguments.speed: NaN is not a JSON number`): NaN and
 * infinities, strings that are not well-formed Unicode, functions, symbols, `undefined` in an array, objects that are
 * not plain, and nesting deeper than 1,024, which is how a cycle ends.
 */
export function stringifyJson(value: JsonValue): string {
  return stringifyNatively(value) ?? new JsonWriter().write(value);
}

class JsonWriter {
  #text = '';
  /** The way to the current value; what is deeper than that is left over from others. */
  readonly #path: (string | number)[] = [];

  write(value: unknown): string {
    this.#value(value, 0);
    return this.#text;
  }

  #value(value: unknown, depth: number): void {
    switch (typeof value) {
      case 'string':
        this.#text += '"' + this.#escape(value, depth) + '"';
        break;
      case 'number':
        this.#number(value, depth);
        break;
      case 'object':
        this.#object(value, depth);
        break;
      case 'boolean':
      case 'bigint':
        this.#text += String(value);
        break;
      case 'undefined':
        throw this.#fault('undefined is not a JSON value', depth);
      default:
        throw this.#fault(`a ${typeof value} is not a JSON value`, depth);
    }
  }

  #number(value: number, depth: number): void {
    if (!Number.isFinite(value)) throw this.#fault(`${String(value)} is not a JSON number`, depth);
    this.#text += Math.abs(value) < FIRST_WITH_EXPONENT ? String(value) : String(BigInt(value));
  }

  #object(value: object | null, depth: number): void {
    if (value === null) {
      this.#text += 'null';
      return;
    }
    if (depth === MAX_NESTING) {
      throw this.#fault(`nested deeper than ${String(MAX_NESTING)} levels, or a cycle`, depth);
    }
    if (Array.isArray(value)) this.#items(value, depth);
    else if (isPlainObject(value)) this.#members(value, depth);
    else throw this.#fault(`${className(value)} is not a JSON value; expected a plain object`, depth);
  }

  #items(items: readonly unknown[], depth: number): void {
    this.#text += '[';
    for (let index = 0; index < items.length; index++) {
      this.#path[depth] = index;
      if (index > 0) this.#text += ',';
      this.#value(items[index], depth + 1);
    }
    this.#text += ']';
  }

  #members(members: Readonly<Record<string, unknown>>, depth: number): void {
    let opening = '{"';
    for (const name of Object.keys(members)) {
      const value = members[name];
      if (value === undefined) continue;
      this.#path[depth] = name;
      this.#text += opening + this.#escape(name, depth + 1) + '":';
      this.#value(value, depth + 1);
      opening = ',"';
    }
    this.#text += opening === '{"' ? '{}' : '}';
  }

  /** The text as it stands between quotes. */
  #escape(text: string, depth: number): string {
    if (!SPECIAL.test(text)) return text;
    if (LONE_SURROGATE.test(text)) throw this.#fault('the string is not well-formed Unicode', depth);
    return JSON.stringify(text).slice(1, -1);
  }

  #fault(what: string, depth: number): TypeError {
    const path = formatPath(this.#path.slice(0, depth));
    return new TypeError(path === '' ? what : `${path}: ${what}`);
  }
}

function className(value: object): string {
  const { constructor } = value;
  return typeof constructor === 'function' && constructor.name !== '' ? constructor.name : 'an object with a prototype';
}
