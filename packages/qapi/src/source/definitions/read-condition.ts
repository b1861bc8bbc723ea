import type { Condition } from '../../model/definition.ts';
import { describeNode, type ObjectNode, type SyntaxNode } from '../expressions/syntax-node.ts';
import { errorAt } from '../place.ts';
import { checkKeys } from './check-keys.ts';

/** What the key `if` of an object says, ready to be spread into a definition. @throws SchemaError */
export function readCondition(node: ObjectNode, subject: string): { readonly condition?: Condition } {
  const condition = node.entries.get('if');
  return condition === undefined ? {} : { condition: conditionOf(condition, `the condition of ${subject}`) };
}

function conditionOf(node: SyntaxNode, subject: string): Condition {
  const { place } = node;
  if (node.kind === 'string') {
    if (/^[A-Z][A-Z0-9_]*$/.test(node.value)) return node.value;
    throw errorAt(place, `${subject} is '${node.value}': expected a symbol such as CONFIG_LINUX`);
  }
  if (node.kind !== 'object')
    throw errorAt(place, `${subject} is ${describeNode(node)}: expected a string or an object`);
  checkKeys(node, subject, { optional: ['all', 'any', 'not'] });
  const [entry, ...others] = node.entries;
  if (entry === undefined || others.length > 0) {
    throw errorAt(place, `${subject} has ${node.entries.size} keys: expected one of 'all', 'any' and 'not'`);
  }
  const [operator, operand] = entry;
  if (operator === 'not') return { not: conditionOf(operand, subject) };
  if (operand.kind !== 'array') {
    throw errorAt(place, `'${operator}' in ${subject} is ${describeNode(operand)}: expected an array`);
  }
  if (operand.elements.length === 0) throw errorAt(place, `'${operator}' in ${subject} is empty`);
  const conditions = operand.elements.map((element) => conditionOf(element, subject));
  return operator === 'all' ? { all: conditions } : { any: conditions };
}
