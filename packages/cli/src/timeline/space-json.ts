import { type JsonValue, stringifyJson } from '@qmp/protocol/codecs';

/** JSON on one line, spaced for the eye as QEMU spaces it. */
export function spaceJson(value: JsonValue): string {
  if (typeof value !== 'object' || value === null) return stringifyJson(value);
  if (Array.isArray(value)) {
    const elements: readonly JsonValue[] = value;
    return `[${elements.map(spaceJson).join(', ')}]`;
  }
  const members = Object.entries(value as Readonly<Record<string, JsonValue>>);
  return `{${members.map(([name, member]) => `${stringifyJson(name)}: ${spaceJson(member)}`).join(', ')}}`;
}
