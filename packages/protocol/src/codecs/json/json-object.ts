import type { JsonObject } from './json-value.ts';

/** Tells a JSON object from everything else, arrays and `null` too. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
