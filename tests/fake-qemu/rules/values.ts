import type { JsonObject, JsonValue } from '@qmp/protocol/codecs';
import type { Entry } from '../transcript.ts';
import type { Rule } from './rule.ts';

/** Stands for any value of that kind. */
export function kindOf(value: JsonValue | undefined): string {
  return typeof value === 'bigint' ? '<number>' : `<${typeof value}>`;
}

export function isArray(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

/** Changes what some commands return. */
export function eachReturn(command: RegExp, change: (value: JsonValue) => JsonValue): Rule['apply'] {
  return (entries) =>
    entries.map((entry) =>
      entry.kind === 'return' && command.test(entry.command) ? { ...entry, value: change(entry.value) } : entry,
    );
}

/** Changes each object in what some commands return. */
export function eachObject(command: RegExp, change: (object: JsonObject) => JsonObject): Rule['apply'] {
  const walk = (value: JsonValue): JsonValue => {
    if (isArray(value)) return value.map(walk);
    if (typeof value !== 'object' || value === null) return value;
    return change(Object.fromEntries(Object.entries(value).map(([name, member = null]) => [name, walk(member)])));
  };
  return eachReturn(command, walk);
}

/** Leaves of some members only what kind of value they have. */
export function kindsOnly(command: RegExp, isMeant: (name: string, value: JsonValue) => boolean): Rule['apply'] {
  return eachObject(command, (object) =>
    Object.fromEntries(
      Object.entries(object).map(([name, value = null]) => [name, isMeant(name, value) ? kindOf(value) : value]),
    ),
  );
}

/** Changes each text in each entry. */
export function eachText(change: (text: string) => string): Rule['apply'] {
  const walk = (value: JsonValue): JsonValue => {
    if (typeof value === 'string') return change(value);
    if (isArray(value)) return value.map(walk);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, member = null]) => [name, walk(member)]));
  };
  return (entries) => entries.map((entry) => walk(entry as unknown as JsonValue) as unknown as Entry);
}

/** Brings lists whose order means nothing into one. */
export function sortLists(command: RegExp): Rule['apply'] {
  return eachReturn(command, (value) =>
    isArray(value) ? [...value].sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1)) : value,
  );
}

function sortKey(value: JsonValue): string {
  return JSON.stringify(Object.entries(value ?? {}).sort(([a], [b]) => (a < b ? -1 : 1)));
}
