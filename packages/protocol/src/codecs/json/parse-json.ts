import { parseExactly } from './exact-parser.ts';
import type { JsonValue } from './json-value.ts';
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
  return isExact(value, MAX_NESTING) ? value : parseExactly(text);
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
 * Whether no number has been rounded and no container lies deeper than allowed. Looking at the result costs 8 % of
 * `JSON.parse`; looking at the text before would cost more.
 */
function isExact(value: JsonValue | undefined, levels: number): boolean {
  if (typeof value === 'number') return isExactNumber(value);
  if (typeof value !== 'object' || value === null) return true;
  if (levels === 0) return false;
  // Containers and numbers are told apart here too: a call for each string would double the costs.
  if (isArray(value)) {
    for (const item of value) {
      if (typeof item === 'number') {
        if (!isExactNumber(item)) return false;
      } else if (typeof item === 'object' && !isExact(item, levels - 1)) return false;
    }
  } else {
    for (const name in value) {
      const member = value[name];
      if (typeof member === 'number') {
        if (!isExactNumber(member)) return false;
      } else if (typeof member === 'object' && !isExact(member, levels - 1)) return false;
    }
  }
  return true;
}

/** What `JSON.parse` makes of an integer that no `number` can hold is an integral number too, or infinite. */
function isExactNumber(value: number): boolean {
  return Number.isSafeInteger(value) || Math.floor(value) !== value;
}

// Unlike Array.isArray itself, this tells a readonly array from an object.
const isArray: (value: object) => value is readonly JsonValue[] = Array.isArray;
