import type { BranchDefinition, MemberDefinition } from '../../model/definition.ts';
import { describeNode, type ObjectNode } from '../expressions/syntax-node.ts';
import { errorAt } from '../place.ts';
import { readCondition } from './read-condition.ts';
import type { DefinitionContext } from './definition-context.ts';
import { valueOf } from './check-keys.ts';
import { readMembers, readTypeName, typedPart } from './read-members.ts';
import { lowerCase, type NameRule, anyCase } from './check-name.ts';

interface ObjectParts {
  readonly kind: 'object';
  readonly base?: string | readonly MemberDefinition[];
  readonly members: readonly MemberDefinition[];
  readonly tag?: string;
  readonly branches?: readonly BranchDefinition[];
}

/** @throws SchemaError */
export function readStruct(node: ObjectNode, context: DefinitionContext): ObjectParts {
  const data = valueOf(node, 'data');
  const base = node.entries.get('base');
  if (data.kind !== 'object') {
    throw errorAt(data.place, `the members of ${context.subject} are ${describeNode(data)}: expected an object`);
  }
  return {
    kind: 'object',
    ...(base === undefined ? {} : { base: readTypeName(base, `the base of ${context.subject}`) }),
    members: readMembers(data, context, memberRule(context)),
  };
}

/** @throws SchemaError */
export function readUnion(node: ObjectNode, context: DefinitionContext): ObjectParts {
  const { subject, places } = context;
  const base = valueOf(node, 'base');
  const tag = valueOf(node, 'discriminator');
  const data = valueOf(node, 'data');
  if (base.kind !== 'string' && base.kind !== 'object') {
    throw errorAt(
      base.place,
      `the base of ${subject} is ${describeNode(base)}: expected the name of a type or an object`,
    );
  }
  if (tag.kind !== 'string') {
    throw errorAt(tag.place, `the discriminator of ${subject} is ${describeNode(tag)}: expected the name of a member`);
  }
  if (data.kind !== 'object') {
    throw errorAt(data.place, `the branches of ${subject} are ${describeNode(data)}: expected an object`);
  }
  return {
    kind: 'object',
    base: base.kind === 'string' ? base.value : readMembers(base, context, memberRule(context)),
    members: [],
    tag: tag.value,
    branches: Array.from(data.entries, ([value, written]) => {
      const part = `branch "${value}" of ${subject}`;
      const { type, facts } = typedPart(written, part, ['if']);
      const branch: BranchDefinition = {
        value,
        type: readTypeName(type, `the type of ${part}`),
        ...(facts === undefined ? {} : readCondition(facts, part)),
      };
      places.set(branch, written.place);
      return branch;
    }),
  };
}

function memberRule({ name, pragmas }: DefinitionContext): NameRule {
  return pragmas.memberNames.has(name) ? anyCase : lowerCase;
}
