import type { JsonKind } from '../model/json-kind.ts';

const SHOWN_CHARACTERS = 60;

/** What a value is in JSON; undefined for what JSON cannot say. */
export function jsonKindOfValue(value: unknown): JsonKind | undefined {
  switch (typeof value) {
    case 'string':
      return 'string';
    case 'boolean':
      return 'boolean';
    case 'number':
    case 'bigint':
      return 'number';
    case 'object':
      if (value === null) return 'null';
      return Array.isArray(value) ? 'array' : 'object';
    default:
      return undefined;
  }
}

/** Of what type a value is, for people. Not more: it may be a secret. */
export function describeKind(value: unknown): string {
  const kind = jsonKindOfValue(value) ?? typeof value;
  if (kind === 'null' || kind === 'undefined') return kind;
  return kind === 'array' || kind === 'object' ? `an ${kind}` : `a ${kind}`;
}

/** A name or a number where others were expected, for people. */
export function describeValue(value: string | number | bigint): string {
  if (typeof value !== 'string') return String(value);
  return JSON.stringify(value.length > SHOWN_CHARACTERS ? `${value.slice(0, SHOWN_CHARACTERS)}…` : value);
}
