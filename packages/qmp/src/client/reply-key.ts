import type { JsonObject, JsonValue } from '@qmp/protocol/codecs';

/** What a reply is matched by: the number itself for ids of ours, a canonical text for all others. */
export type ReplyKey = number | string;

/** The key of messages that carry no id. */
export const NO_ID: ReplyKey = '';

/** The key of a message's id. Servers keep an id's value, but not how it was written: 1.0 comes back as 1. */
export function replyKey(message: JsonObject): ReplyKey {
  const id = message['id'];
  if (id === undefined) return NO_ID;
  const value = typeof id === 'bigint' ? asReceived(id) : id;
  return isOrdinary(value) ? value : canonical(value);
}

/** Whether it can stand for itself: all others come back as something that only looks the same. */
function isOrdinary(value: JsonValue): value is number {
  return Number.isSafeInteger(value);
}

function canonical(value: JsonValue): string {
  if (typeof value === 'bigint') return String(asReceived(value));
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value as JsonObject)
    .filter((entry): entry is [string, JsonValue] => entry[1] !== undefined)
    .map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`);
  return `{${members.sort().join(',')}}`;
}

/** A bigint as it comes back: a small one as a number, and one beyond 64 bits rounded, as QEMU makes it a double. */
function asReceived(integer: bigint): number | bigint {
  const rounded = Number(integer);
  const fits64Bits = BigInt.asIntN(64, integer) === integer || BigInt.asUintN(64, integer) === integer;
  return isOrdinary(rounded) || !fits64Bits ? rounded : integer;
}
