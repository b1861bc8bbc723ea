import type { JsonObject, JsonValue } from '@qmp/protocol/codecs';
import type { ObjectType, QapiType } from '@qmp/qapi';
import type { RandomSource } from './random-source.ts';

/** From here on only what has to be there is made, so that types which contain themselves come to an end. */
const DEEPEST = 4;

/** A value of the type, some optional members in it. Integers are so small that they are of any width. */
function randomValue(type: QapiType, random: RandomSource, depth = 0): JsonValue {
  switch (type.kind) {
    case 'builtin':
      return randomBuiltin(type.name, random);
    case 'enum':
      return random.pick(type.values.keys());
    case 'array': {
      const length = depth >= DEEPEST ? 0 : random.below(3);
      return Array.from({ length }, () => randomValue(type.element, random, depth + 1));
    }
    case 'object':
      return randomObject(type, random, depth);
    case 'alternate': {
      const simple = type.alternatives.filter(({ type: { kind } }) => kind !== 'object');
      const choices = depth >= DEEPEST && simple.length > 0 ? simple : type.alternatives;
      return randomValue(random.pick(choices).type, random, depth + 1);
    }
  }
}

export function randomObject(type: ObjectType, random: RandomSource, depth = 0): JsonObject {
  const value: Record<string, JsonValue> = {};
  for (const member of type.members.values()) {
    if (member.isOptional && (depth >= DEEPEST || random.oneIn(2))) continue;
    value[member.name] = randomValue(member.type, random, depth + 1);
  }
  const tag = type.tag && value[type.tag.name];
  const branch = typeof tag === 'string' ? type.branches.get(tag) : undefined;
  return branch === undefined ? value : { ...value, ...randomObject(branch.type, random, depth) };
}

function randomBuiltin(name: string, random: RandomSource): JsonValue {
  switch (name) {
    case 'str':
      return random.pick(['', 'a', 'disk0']);
    case 'number':
      return random.pick([0, 1.5, -2]);
    case 'bool':
      return random.oneIn(2);
    case 'null':
      return null;
    case 'any':
      return random.pick<JsonValue>([null, 1, 'x', [], { a: 1 }]);
    default:
      return random.below(100);
  }
}
