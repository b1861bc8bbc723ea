import { stringifyJson, type JsonObject, type JsonValue } from '@qmp/protocol/codecs';

const DEPTHS = [Infinity, 2, 1] as const;

/** JSON on one line of at most so many characters: what is deep inside goes first, then what is at the end. */
export function abbreviate(value: JsonValue, width: number): string {
  for (const depth of DEPTHS) {
    const text = shorten(value, depth);
    if (text.length <= width) return text;
  }
  return `${shorten(value, 1).slice(0, Math.max(0, width - 1))}…`;
}

/** Objects and arrays that lie deeper than `depth` are shown as `{…}` and `[…]`. */
function shorten(value: JsonValue, depth: number): string {
  if (typeof value !== 'object' || value === null) return stringifyJson(value);
  if (Array.isArray(value)) {
    const elements: readonly JsonValue[] = value;
    if (elements.length > 0 && depth === 0) return '[…]';
    return `[${elements.map((element) => shorten(element, depth - 1)).join(', ')}]`;
  }
  const members = Object.entries(value as JsonObject);
  if (members.length > 0 && depth === 0) return '{…}';
  return `{${members.map(([name, member]) => `${stringifyJson(name)}: ${shorten(member, depth - 1)}`).join(', ')}}`;
}
