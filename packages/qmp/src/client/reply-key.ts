import type { JsonObject, JsonValue } from '@qmp/protocol/codecs';

/** What a reply is matched by: the number itself for ids of ours, a canonical text for all others. */
export type ReplyKey = number | string;

/** The key of messages that carry no id. */
export const NO_ID: ReplyKey = '';

/** The key of a message's id. Servers keep an id's value, but not how it was written: 1.0 comes back as 1. */
export function replyKey(message: JsonObject): ReplyKey {
  const id = message['id'];
  if (typeof id === 'number') return id;
  return id === undefined ? NO_ID : canonical(id);
}

function canonical(value: JsonValue): string {
  if (typeof value === 'bigint') return String(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value as JsonObject).map(
    ([name, member]) => `${JSON.stringify(name)}:${canonical(member as JsonValue)}`,
  );
  return `{${members.sort().join(',')}}`;
}
