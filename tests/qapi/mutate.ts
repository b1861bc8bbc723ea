import type { JsonObject, JsonValue } from '@qmp/protocol/codecs';
import type { RandomSource } from './random-source.ts';

/** What stands where something else should. */
const strangers: readonly JsonValue[] = [null, true, 7, 1.5, 'stranger', [], {}, ['x'], { strange: 1 }];

/** The same with something wrong in it: a member missing, added or misspelt, a value of another type. */
export function mutate(value: JsonObject, random: RandomSource): JsonObject {
  return mutateObject(value, random);
}

function mutateValue(value: JsonValue, random: RandomSource): JsonValue {
  const isContainer = typeof value === 'object' && value !== null;
  if (!isContainer || random.oneIn(3)) return random.pick(strangers);
  if (!Array.isArray(value)) return mutateObject(value as JsonObject, random);
  const items = value as readonly JsonValue[];
  if (items.length === 0) return [random.pick(strangers)];
  const place = random.below(items.length);
  return items.map((item, index) => (index === place ? mutateValue(item, random) : item));
}

function mutateObject(value: JsonObject, random: RandomSource): JsonObject {
  const names = Object.keys(value);
  if (names.length === 0 || random.oneIn(6)) return { ...value, 'x-strange': random.pick(strangers) };
  const name = random.pick(names);
  const { [name]: item = null, ...others } = value;
  if (random.oneIn(4)) return others;
  return random.oneIn(6) ? { ...others, [`${name}x`]: item } : { ...others, [name]: mutateValue(item, random) };
}
