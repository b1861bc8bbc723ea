import type { Definition, EnumDefinition, MemberDefinition } from '../../model/definition.ts';
import { identifierOf } from '../definitions/check-name.ts';
import { errorAt, type Places } from '../place.ts';
import { checkAlternate } from './check-alternate.ts';
import type { CheckedSchema } from './checked-schema.ts';
import { checkData, checkReply } from './check-command.ts';
import { describeDefinition } from './describe-definition.ts';
import { checkDocumentation } from './check-documentation.ts';
import { FeatureChecker } from './feature-checker.ts';
import { ObjectShapes } from './object-shapes.ts';
import { qtype, TypeIndex } from './type-index.ts';
import { checkUnion } from './check-union.ts';

/**
 * Checks how the definitions of a schema go together.
 *
 * @returns the types that it uses as well
 * @throws SchemaError for whatever QEMU's own generator would reject
 */
export function checkSchema(schema: CheckedSchema): Definition[] {
  const { places, rules } = schema;
  const types = new TypeIndex(
    schema.definitions.map(({ definition }) => definition),
    places,
  );
  const shapes = new ObjectShapes(types, places);
  const features = new FeatureChecker(places, { isBounded: !rules.manyFeatures });
  for (const checked of schema.definitions) {
    const { definition } = checked;
    const subject = describeDefinition(definition);
    features.check(definition, subject);
    for (const member of membersOf(definition)) {
      const part = `member "${member.name}" of ${subject}`;
      types.find(member.type, part, places.get(member));
      features.check(member, part);
    }
    if (definition.kind === 'command' || definition.kind === 'event') {
      checkData({ ...checked, definition }, types, shapes, schema);
      if (definition.kind === 'command') checkReply(definition, types, schema);
    } else {
      features.checkType(definition, subject);
      if (definition.kind === 'enum') checkValues(definition, features, places);
      else if (definition.kind === 'alternate') checkAlternate(definition, types, schema);
      else checkUnion(definition, shapes.of(definition), types, schema);
    }
    checkDocumentation(checked, schema);
  }
  return types.usesQtype ? [qtype] : [];
}

function checkValues(definition: EnumDefinition, features: FeatureChecker, places: Places): void {
  const subject = describeDefinition(definition);
  const names = new Map<string, string>();
  for (const value of definition.values) {
    const { name } = value;
    const other = names.get(identifierOf(name));
    if (other !== undefined) throw errorAt(places.get(value), `value "${name}" of ${subject} clashes with "${other}"`);
    names.set(identifierOf(name), name);
    features.check(value, `value "${name}" of ${subject}`);
  }
}

/** The members that are written down in a definition. */
function membersOf(definition: Definition): readonly MemberDefinition[] {
  const lists =
    definition.kind === 'object'
      ? [definition.base, definition.members]
      : definition.kind === 'command'
        ? [definition.arguments]
        : definition.kind === 'event'
          ? [definition.data]
          : [];
  return lists.flatMap((list) => (typeof list === 'object' ? list : []));
}
