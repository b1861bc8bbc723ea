import { parseExactly } from './exact-parser.ts';
import type { JsonObject, JsonValue } from './json-value.ts';
import { MAX_NESTING } from './max-nesting.ts';

const LINE_END = /\n/g;

/**
 * Reads one JSON value, as `JSON.parse` does, but exactly: an integer that a `number` cannot hold becomes a `bigint`.
 *
 * @throws DeserializationError saying what is wrong where; also for a number too large for a double, and for arrays
 * and objects nested deeper than 1,024.
 */
export function parseJson(text: string): JsonValue {
  const value = tryParseJson(text);
  return value === undefined ? parseExactly(text) : value; // the slow parser can say what is wrong
}

/** Like `parseJson`, but `undefined` where the text is not one whole JSON value. */
export function tryParseJson(text: string): JsonValue | undefined {
  let value: JsonValue;
  try {
    value = JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
  return isExactItem(value, MAX_NESTING + 1) ? value : parseExactly(text);
}

/**
 * Many lines at once, cheaper than one by one; `undefined` when they are not one JSON value each. (Lines that are broken
 * so that one makes up for another pass as whole ones: `{"a":[1`, `2]},{}`.)
 */
export function parseLines(text: string): JsonValue[] | undefined {
  const items = text.replace(LINE_END, ',\n');
  const commas = items.length - text.length;
  try {
    const values = tryParseJson(`[${items}]`) as JsonValue[] | undefined;
    return values?.length === commas + 1 ? values : undefined;
  } catch {
    return undefined; // one of them is at fault; read alone, it will say so
  }
}

/**
 * Whether no number in a container has been rounded and no other container in it lies deeper than allowed. Looking at
 * the result costs 6 % of `JSON.parse`; looking at the text before would cost as much.
 */
function isExact(container: JsonObject | readonly JsonValue[], levels: number): boolean {
  if (levels === 0) return false;
  if (isArray(container)) {
    for (let index = 0; index < container.length; index += 1) {
      if (!isExactItem(container[index], levels)) return false;
    }
  } else {
    for (const name in container) {
      if (!isExactItem(container[name], levels)) return false;
    }
  }
  return true;
}

function isExactItem(value: JsonValue | undefined, levels: number): boolean {
  if (typeof value === 'number') return isExactNumber(value);
  return typeof value !== 'object' || value === null || isExact(value, levels - 1);
}

/** What `JSON.parse` makes of an integer that no `number` can hold is an integral number too, or infinite. */
function isExactNumber(value: number): boolean {
  return (value <= Number.MAX_SAFE_INTEGER && value >= Number.MIN_SAFE_INTEGER) || Math.floor(value) !== value;
}

// Unlike Array.isArray itself, this tells a readonly array from an object.
const isArray: (value: object) => value is readonly JsonValue[] = Array.isArray;
