import { parseExactly } from './exact-parser.ts';
import type { JsonObject, JsonValue } from './json-value.ts';
import { MAX_NESTING } from './max-nesting.ts';

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
 * Whether no number has been rounded and no container lies deeper than allowed. Looking at the result is cheaper than
 * looking at the text before: 6 to 10 % of `JSON.parse`.
 */
function isExact(value: JsonValue | undefined, levels: number): boolean {
  if (typeof value === 'number') return Number.isSafeInteger(value) || Math.floor(value) !== value;
  if (typeof value !== 'object' || value === null) return true;
  if (levels === 0) return false;
  if (isArray(value)) {
    for (let i = 0; i < value.length; i++) { const item = value[i]; 
      if (typeof item === 'number') { if (!(Number.isSafeInteger(item) || Math.floor(item) !== item)) return false; }
      else if (typeof item === 'object' && item !== null && !isExact(item, levels - 1)) return false;
    }
    return true;
  }
  for (const key in value) {
    const item = value[key];
      if (typeof item === 'number') { if (!(Number.isSafeInteger(item) || Math.floor(item) !== item)) return false; }
      else if (typeof item === 'object' && item !== null && !isExact(item, levels - 1)) return false;
  }
  return true;
}
// Unlike Array.isArray itself, tells a readonly array from an object.
const isArray: (value: object) => value is readonly JsonValue[] = Array.isArray;
