import type { FeatureDefinition } from '../../model/definition.ts';
import { describeNode, type ObjectNode } from '../expressions/syntax-node.ts';
import { errorAt } from '../place.ts';
import { readCondition } from './read-condition.ts';
import { type DefinitionContext, describedFacts } from './definition-context.ts';
import { checkKeys, valueOf } from './check-keys.ts';
import { checkName, lowerCase } from './check-name.ts';

/** What the key `features` of an object says, ready to be spread into a definition. @throws SchemaError */
export function readFeatures(
  node: ObjectNode,
  subject: string,
  context: DefinitionContext,
): { readonly features?: readonly FeatureDefinition[] } {
  const list = node.entries.get('features');
  if (list === undefined) return {};
  if (list.kind !== 'array') {
    throw errorAt(list.place, `the features of ${subject} are ${describeNode(list)}: expected an array`);
  }
  const features = list.elements.map((element): FeatureDefinition => {
    const part = `a feature of ${subject}`;
    if (element.kind === 'object') checkKeys(element, part, { required: ['name'], optional: ['if'] });
    const name = element.kind === 'object' ? valueOf(element, 'name') : element;
    const { place } = name;
    if (name.kind !== 'string') throw errorAt(place, `${part} is ${describeNode(name)}: expected a name`);
    checkName(name.value, lowerCase, `the feature "${name.value}" of ${subject}`, place);
    const feature: FeatureDefinition = {
      name: name.value,
      ...(element.kind === 'object' ? readCondition(element, `the feature "${name.value}" of ${subject}`) : {}),
      ...describedFacts(context.documentation?.features.get(name.value), context.keepsText),
    };
    context.places.set(feature, place);
    return feature;
  });
  return features.length === 0 ? {} : { features };
}
