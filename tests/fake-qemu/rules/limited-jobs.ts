import type { JsonObject, JsonValue } from '@qmp/protocol/codecs';
import type { Entry } from '../transcript.ts';
import { isArray, kindOf } from './values.ts';

/** What depends on the moment where a job is limited in speed. */
const MOMENTARY = ['current-progress', 'offset', 'busy'];

/** Leaves of jobs that are limited in speed only what does not depend on the moment. */
export function limitedJobs(entries: readonly Entry[]): readonly Entry[] {
  const limited = new Set<JsonValue | undefined>();
  const hide = (value: JsonValue): JsonValue => {
    const object = (value ?? {}) as JsonObject;
    if (!limited.has(object['id'] ?? object['device'])) return value;
    const shown = MOMENTARY.filter((name) => object[name] !== undefined);
    return { ...object, ...Object.fromEntries(shown.map((name) => [name, kindOf(object[name])])) };
  };
  return entries.map((entry) => {
    if (entry.kind === 'command') note(entry.arguments as JsonObject, limited);
    if (entry.kind === 'event') return { ...entry, data: hide(entry.data) };
    return entry.kind === 'return' && isArray(entry.value) ? { ...entry, value: entry.value.map(hide) } : entry;
  });
}

function note({ speed, 'job-id': id, device }: JsonObject, limited: Set<JsonValue | undefined>): void {
  if (typeof speed === 'number' && speed > 0) limited.add(id ?? device);
  else if (id !== undefined) limited.delete(id);
}
