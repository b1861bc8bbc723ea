import type { ObjectNode, SyntaxNode } from '../expressions/syntax-node.ts';
import { errorAt } from '../place.ts';

/** Checks which keys an object has. @throws SchemaError that names what is missing or too much */
export function checkKeys(
  node: ObjectNode,
  subject: string,
  { required = [], optional = [] }: { readonly required?: readonly string[]; readonly optional?: readonly string[] },
): void {
  const missing = required.find((key) => !node.entries.has(key));
  if (missing !== undefined) throw errorAt(node.place, `${subject} has no key '${missing}'`);
  const known = [...required, ...optional];
  for (const [key, { place }] of node.entries) {
    if (known.includes(key)) continue;
    throw errorAt(
      place,
      `${subject} has an unknown key '${key}': expected ${known.map((name) => `'${name}'`).join(', ')}`,
    );
  }
}

/** The value of a key that `checkKeys` has found to be there. */
export function valueOf(node: ObjectNode, key: string): SyntaxNode {
  return node.entries.get(key) ?? node;
}
