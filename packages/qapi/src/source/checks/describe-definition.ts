import type { Definition } from '../../model/definition.ts';

/** How an error calls it: `union "Foo"`. */
export function describeDefinition(definition: Definition): string {
  const { kind, name } = definition;
  if (kind !== 'object') return `${kind} "${name}"`;
  return `${definition.tag === undefined ? 'struct' : 'union'} "${name}"`;
}
