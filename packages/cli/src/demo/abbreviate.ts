import type { JsonValue } from '@qmp/protocol/codecs';
import { stringifyJson } from '@qmp/protocol/codecs';

/** JSON as QEMU spaces it, on one line of at most so many characters; what is too long is cut off at its end. */
export function abbreviate(value: JsonValue, width: number): string {
  const text = space(value);
  return text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`;
}

function space(value: JsonValue): string {
  if (typeof value !== 'object' || value === null) return stringifyJson(value);
  if (Array.isArray(value)) {
    const elements: readonly JsonValue[] = value;
    return `[${elements.map(space).join(', ')}]`;
  }
  const members = Object.entries(value as Readonly<Record<string, JsonValue>>);
  return `{${members.map(([name, member]) => `${stringifyJson(name)}: ${space(member)}`).join(', ')}}`;
}
