import type { AlternativeDefinition } from '../../model/definition.ts';
import { describeNode, type ObjectNode } from '../expressions/syntax-node.ts';
import { errorAt } from '../place.ts';
import { readCondition } from './read-condition.ts';
import { type DefinitionContext, describedFacts } from './definition-context.ts';
import { valueOf } from './check-keys.ts';
import { readTypeReference, typedPart } from './read-members.ts';
import { checkName, lowerCase } from './check-name.ts';

/** @throws SchemaError */
export function readAlternate(
  node: ObjectNode,
  context: DefinitionContext,
): { readonly kind: 'alternate'; readonly alternatives: AlternativeDefinition[] } {
  const data = valueOf(node, 'data');
  if (data.kind !== 'object') {
    throw errorAt(data.place, `the alternatives of ${context.subject} are ${describeNode(data)}: expected an object`);
  }
  if (data.entries.size === 0) throw errorAt(data.place, `${context.subject} has no alternatives`);
  const alternatives = Array.from(data.entries, ([name, value]) => {
    const part = `alternative "${name}" of ${context.subject}`;
    checkName(name, lowerCase, part, value.place);
    const { type, facts } = typedPart(value, part, ['if']);
    const alternative: AlternativeDefinition = {
      name,
      type: readTypeReference(type, part),
      ...(facts === undefined ? {} : readCondition(facts, part)),
      ...describedFacts(context.documentation?.members.get(name), context.keepsText),
    };
    context.places.set(alternative, value.place);
    return alternative;
  });
  return { kind: 'alternate', alternatives };
}
