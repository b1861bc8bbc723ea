import type { EnumType } from '../model/qapi-type.ts';
import { compareFeatures } from './compare-features.ts';
import type { ComparisonNode } from './comparison-node.ts';

/** Compares values. Clients pass over values that they do not know; a server does not. */
export function compareEnums(node: ComparisonNode, before: EnumType, after: EnumType): void {
  compareFeatures(node, before, after);
  for (const [name, value] of after.values) {
    const path = `${node.path}=${name}`;
    const old = before.values.get(name);
    if (old !== undefined) compareFeatures(node, old, value, path);
    else node.report('value added', true, { path, after: name, condition: value.condition });
  }
  for (const [name, { condition }] of before.values) {
    if (after.values.has(name)) continue;
    node.report('value removed', node.direction === 'out', { path: `${node.path}=${name}`, before: name, condition });
  }
}
