import { type JsonObject, type JsonValue, stringifyJson } from '@qmp/protocol/codecs';

/**
 * How closely a client has to keep to a recording. `exact`: each value is the same. `shape`: the same command, with the
 * same members of the same types, and in lists nothing that looks like no recorded item. `command`: the same command,
 * whatever its arguments. Ids never count.
 */
export type ReplayMatch = 'exact' | 'shape' | 'command';

/** How a message differs from the one that is expected; undefined where it does not. */
export function differenceOf(expected: JsonObject, received: JsonObject, match: ReplayMatch): Difference {
  const [command, receivedCommand] = [commandOf(expected), commandOf(received)];
  if (command !== receivedCommand) return `the command is ${show(receivedCommand)}, not ${show(command)}`;
  if (match === 'command') return undefined;
  return memberDifference({ ...expected, id: undefined }, { ...received, id: undefined }, { path: '', match });
}

type Difference = string | undefined;

/** Where in a message two values are compared, and how closely. */
interface Place {
  readonly path: string;
  readonly match: ReplayMatch;
}

function memberDifference(expected: JsonObject, received: JsonObject, { path, match }: Place): Difference {
  for (const name of new Set([...Object.keys(expected), ...Object.keys(received)])) {
    const place = { path: path === '' ? name : `${path}.${name}`, match };
    const difference = valueDifference(expected[name], received[name], place);
    if (difference !== undefined) return difference;
  }
  return undefined;
}

function itemDifference(
  expected: readonly JsonValue[],
  received: readonly JsonValue[],
  { path, match }: Place,
): Difference {
  if (match === 'exact' && expected.length !== received.length) {
    return `${path} has ${received.length} items, not ${expected.length}`;
  }
  for (const [index, item] of received.entries()) {
    const place = { path: `${path}[${index}]`, match };
    const models = match === 'exact' ? expected.slice(index, index + 1) : expected;
    const differences = models.map((model) => valueDifference(model, item, place));
    if (!differences.includes(undefined)) return differences[0] ?? `${path} is not empty`;
  }
  return undefined;
}

function valueDifference(expected: JsonValue | undefined, received: JsonValue | undefined, place: Place): Difference {
  if (isObject(expected) && isObject(received)) return memberDifference(expected, received, place);
  if (isArray(expected) && isArray(received)) return itemDifference(expected, received, place);
  const isAlike = place.match === 'exact' ? expected === received : typeOf(expected) === typeOf(received);
  return isAlike ? undefined : `${place.path} is ${show(received)}, not ${show(expected)}`;
}

function commandOf(message: JsonObject): JsonValue | undefined {
  return message['execute'] ?? message['exec-oob'];
}

function typeOf(value: JsonValue | undefined): string {
  if (value === null) return 'null';
  if (isArray(value)) return 'array';
  return typeof value === 'bigint' ? 'number' : typeof value;
}

function show(value: JsonValue | undefined): string {
  if (value === undefined) return 'absent';
  const text = stringifyJson(value);
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}

function isArray(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
