import type { EnumValueDefinition } from '../../model/definition.ts';
import { describeNode, type ObjectNode } from '../expressions/syntax-node.ts';
import { errorAt } from '../place.ts';
import { readCondition } from './read-condition.ts';
import { type DefinitionContext, describedFacts } from './definition-context.ts';
import { readFeatures } from './read-features.ts';
import { checkKeys, valueOf } from './check-keys.ts';
import { checkName, lowerCase, anyCase } from './check-name.ts';

/** @throws SchemaError */
export function readEnum(
  node: ObjectNode,
  context: DefinitionContext,
): { readonly kind: 'enum'; readonly values: EnumValueDefinition[] } {
  const data = valueOf(node, 'data');
  if (data.kind !== 'array') {
    throw errorAt(data.place, `the values of ${context.subject} are ${describeNode(data)}: expected an array`);
  }
  const prefix = node.entries.get('prefix');
  if (prefix !== undefined && prefix.kind !== 'string') {
    throw errorAt(prefix.place, `the prefix of ${context.subject} is ${describeNode(prefix)}: expected a string`);
  }
  const rule = context.pragmas.memberNames.has(context.name) ? anyCase : lowerCase;
  const values = data.elements.map((element): EnumValueDefinition => {
    const part = `a value of ${context.subject}`;
    if (element.kind === 'object') checkKeys(element, part, { required: ['name'], optional: ['if', 'features'] });
    const name = element.kind === 'object' ? valueOf(element, 'name') : element;
    const { place } = name;
    if (name.kind !== 'string') throw errorAt(place, `${part} is ${describeNode(name)}: expected a string`);
    const subject = `value "${name.value}" of ${context.subject}`;
    // Unlike other names, a value may begin with a digit.
    checkName(name.value.replace(/^(?=\d)/, 'd'), rule, subject, place);
    const value: EnumValueDefinition = {
      name: name.value,
      ...(element.kind === 'object'
        ? { ...readCondition(element, subject), ...readFeatures(element, subject, context) }
        : {}),
      ...describedFacts(context.documentation?.members.get(name.value), context.keepsText),
    };
    context.places.set(value, place);
    return value;
  });
  return { kind: 'enum', values };
}
