import type { JsonObject, JsonValue } from '../codecs/json/json-value.ts';
import { type IsSecret, REDACTED, SECRET_MEMBERS, URL_PASSWORD, URL_REDACTED } from './secrets.ts';

/** A message without its secrets, by the rule of log records, and otherwise as it is: for what keeps it for longer. */
export function redactSecrets(message: JsonObject, isSecret: IsSecret = () => false): JsonObject {
  return Object.fromEntries(
    Object.entries(message).map(([name, value]) => [
      name,
      SECRET_MEMBERS.has(name) || isSecret(message, name) ? REDACTED : redactValue(value, isSecret),
    ]),
  );
}

function redactValue(value: JsonValue | undefined, isSecret: IsSecret): JsonValue | undefined {
  if (typeof value === 'string') return value.replace(URL_PASSWORD, URL_REDACTED);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item: JsonValue) => redactValue(item, isSecret) ?? null);
  return redactSecrets(value as JsonObject, isSecret);
}
