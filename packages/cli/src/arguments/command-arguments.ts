import { parseJson, type JsonObject, type JsonValue } from '@qmp/protocol/codecs';

import { ArgumentTree } from './argument-tree.ts';
import { UsageError } from './usage-error.ts';

/**
 * The arguments of a QMP command from the words of a command line: one JSON object, or `key=value` as often as needed,
 * with dots for nested objects. Undefined where there is no word.
 *
 * @throws UsageError for words that are neither, and for keys that contradict each other.
 */
export function parseCommandArguments(words: readonly string[]): JsonObject | undefined {
  const [first, second] = words;
  if (first === undefined) return undefined;
  if (!/^\s*[{[]/.test(first)) return parsePairs(words);
  if (second === undefined) return parseObject(first);
  throw new UsageError(`${JSON.stringify(second)} follows a JSON object; expected one JSON object, or key=value only`);
}

function parseObject(text: string): JsonObject {
  const value = parseValue(text, 'The arguments are no JSON');
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject;
  throw new UsageError('The arguments are no JSON object; expected {"name": value, ...}');
}

function parsePairs(words: readonly string[]): JsonObject {
  const tree = new ArgumentTree();
  for (const word of words) {
    const equals = word.indexOf('=');
    if (equals === -1) {
      throw new UsageError(`${JSON.stringify(word)} has no "="; expected key=value, or one JSON object`);
    }
    const key = word.slice(0, equals);
    tree.set(key, parsePairValue(key, word.slice(equals + 1)));
  }
  return tree.toObject();
}

/** JSON where it is JSON, the text itself where it is not. What begins like JSON was meant to be. */
function parsePairValue(key: string, text: string): JsonValue {
  if (/^\s*[{["]/.test(text)) {
    return parseValue(text, `The value of ${JSON.stringify(key)} begins like JSON but is none`);
  }
  try {
    return parseJson(text);
  } catch {
    return text;
  }
}

function parseValue(text: string, fault: string): JsonValue {
  try {
    return parseJson(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${fault}: ${why}`, { cause: error });
  }
}
