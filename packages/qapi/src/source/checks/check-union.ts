import type { ObjectDefinition } from '../../model/definition.ts';
import { errorAt } from '../place.ts';
import type { CheckedSchema } from './checked-schema.ts';
import { describeDefinition } from './describe-definition.ts';
import type { ObjectShape } from './object-shapes.ts';
import { describeType, type TypeIndex } from './type-index.ts';

/** Checks that the tag of a union can choose its branches. @throws SchemaError */
export function checkUnion(
  definition: ObjectDefinition,
  { common }: ObjectShape,
  types: TypeIndex,
  { places, rules }: CheckedSchema,
): void {
  const { tag, branches = [] } = definition;
  if (tag === undefined) return;
  const subject = describeDefinition(definition);
  const place = places.get(definition);
  const fault = (what: string): Error => errorAt(place, `the discriminator "${tag}" of ${subject} is ${what}`);
  const owned = [...common.values()].find(({ member }) => member.name === tag);
  if (owned === undefined) throw fault('not a member of its base');
  const { member } = owned;
  const type = types.find(member.type, `member "${tag}" of ${owned.owner}`, places.get(member));
  if (type.kind !== 'enum') throw fault(`of ${describeType(type)}: expected an enum`);
  if (member.optional === true) throw fault('optional: expected a member that is always there');
  if (member.condition !== undefined) throw fault('conditional: expected a member that is always there');
  if (type.values.length === 0 && branches.length === 0) throw errorAt(place, `${subject} has no branches`);
  const values = new Set(type.values.map(({ name }) => name));
  for (const branch of branches) {
    const part = `branch "${branch.value}" of ${subject}`;
    if (!values.has(branch.value)) {
      throw errorAt(places.get(branch), `${part} is not a value of ${describeType(type)}`);
    }
    const target = types.find(branch.type, part, places.get(branch));
    if (!rules.unionBranches && target.kind === 'object' && target.tag !== undefined) {
      throw errorAt(places.get(branch), `${part} is ${describeType(target)}: expected a struct`);
    }
  }
}
