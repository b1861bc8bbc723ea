import type { CommandDefinition, EventDefinition } from '../../model/definition.ts';
import { errorAt } from '../place.ts';
import type { CheckedDefinition, CheckedSchema } from './checked-schema.ts';
import { describeDefinition } from './describe-definition.ts';
import type { ObjectShapes } from './object-shapes.ts';
import { describeType, type TypeIndex } from './type-index.ts';

/** Checks what a command takes, or an event brings. @throws SchemaError */
export function checkData(
  { definition, isBoxed }: CheckedDefinition<CommandDefinition | EventDefinition>,
  types: TypeIndex,
  shapes: ObjectShapes,
  { places, rules }: CheckedSchema,
): void {
  const data = definition.kind === 'command' ? definition.arguments : definition.data;
  if (data === undefined) return;
  const place = places.get(definition);
  const owner = describeDefinition(definition);
  const subject = `the data of ${owner}`;
  const type = typeof data === 'string' ? types.find(data, subject, place) : undefined;
  if (type !== undefined && type.kind !== 'object') {
    throw errorAt(place, `${subject} is ${describeType(type)}: expected a struct or a union`);
  }
  const common = type === undefined ? shapes.add(data as Exclude<typeof data, string>, owner) : shapes.of(type).common;
  if (isBoxed) return;
  if (type?.tag !== undefined) throw errorAt(place, `${subject} is ${describeType(type)}, which needs 'boxed': true`);
  const conditional = [...common.values()].find(({ member }) => member.condition !== undefined);
  if (conditional !== undefined && !rules.conditionalArguments) {
    const { name } = conditional.member;
    throw errorAt(place, `${subject} has the member "${name}", whose condition needs a type and 'boxed': true`);
  }
}

/** Checks what a command replies. @throws SchemaError */
export function checkReply(definition: CommandDefinition, types: TypeIndex, { places, pragmas }: CheckedSchema): void {
  const { name, returns } = definition;
  if (returns === undefined) return;
  const subject = `the reply of ${describeDefinition(definition)}`;
  const place = places.get(definition);
  const type = types.find(returns, subject, place);
  const element = type.kind === 'array' ? type.element : type;
  if (element.kind === 'object' || pragmas.commandReturns.has(name)) return;
  throw errorAt(place, `${subject} is ${describeType(type)}: expected a struct, a union or an array of such`);
}
