import { type JsonValue, stringifyJson } from '@qmp/protocol/codecs';

/** A property's value as QEMU reads it, and names it in errors; empty where it was not given. */
export function propertyText(value: JsonValue | undefined): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : stringifyJson(value);
}
