import type { MemberDefinition, TypeReference } from '../../model/definition.ts';
import { describeNode, type ObjectNode, type SyntaxNode } from '../expressions/syntax-node.ts';
import { errorAt } from '../place.ts';
import { readCondition } from './read-condition.ts';
import { type DefinitionContext, describedFacts } from './definition-context.ts';
import { readFeatures } from './read-features.ts';
import { checkKeys, valueOf } from './check-keys.ts';
import { checkName, identifierOf, lowerCase, type NameRule } from './check-name.ts';

/** Reads members that are written out. @throws SchemaError */
export function readMembers(
  node: ObjectNode,
  context: DefinitionContext,
  rule: NameRule = lowerCase,
): MemberDefinition[] {
  return Array.from(node.entries, ([key, value]) => {
    const isOptional = key.startsWith('*');
    const name = isOptional ? key.slice(1) : key;
    const subject = `member "${name}" of ${context.subject}`;
    checkName(name, rule, subject, value.place);
    const identifier = identifierOf(name);
    if (identifier === 'u' || identifier.startsWith('has_')) {
      throw errorAt(value.place, `${subject} has a reserved name: it is "u" or begins with "has_"`);
    }
    const { type, facts } = typedPart(value, subject, ['if', 'features']);
    const member: MemberDefinition = {
      name,
      type: readTypeReference(type, subject),
      ...(isOptional ? { optional: true } : {}),
      ...(facts === undefined ? {} : { ...readCondition(facts, subject), ...readFeatures(facts, subject, context) }),
      ...describedFacts(context.documentation?.members.get(name), context.keepsText),
    };
    context.places.set(member, value.place);
    return member;
  });
}

/** Members, branches and alternatives are types or objects that hold the type and more. */
export function typedPart(
  node: SyntaxNode,
  subject: string,
  optional: readonly string[],
): { readonly type: SyntaxNode; readonly facts: ObjectNode | undefined } {
  if (node.kind !== 'object') return { type: node, facts: undefined };
  checkKeys(node, subject, { required: ['type'], optional });
  return { type: valueOf(node, 'type'), facts: node };
}

/** `'NAME'` or `['NAME']`. @throws SchemaError */
export function readTypeReference(node: SyntaxNode, subject: string): TypeReference {
  if (node.kind === 'string') return node.value;
  if (node.kind === 'array') {
    const [element, ...others] = node.elements;
    if (element?.kind === 'string' && others.length === 0) return [element.value];
    throw errorAt(node.place, `${subject} has an array as its type that does not hold the name of one type`);
  }
  throw errorAt(node.place, `${subject} has ${describeNode(node)} as its type: expected a name or ['NAME']`);
}

/** `'NAME'`. @throws SchemaError */
export function readTypeName(node: SyntaxNode, subject: string): string {
  if (node.kind === 'string') return node.value;
  throw errorAt(node.place, `${subject} is ${describeNode(node)}: expected the name of a type`);
}
