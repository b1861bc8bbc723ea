import { jsonKindOf } from '../model/json-kind.ts';
import type { AlternateType, Alternative, QapiType } from '../model/qapi-type.ts';
import { compareFeatures } from './compare-features.ts';
import type { ComparisonNode } from './comparison-node.ts';
import { notationOf } from './type-notation.ts';
import type { TypeComparison } from './type-comparison.ts';

/** The alternative that has the values of a type. */
export function alternativeLike({ alternatives }: AlternateType, type: QapiType): QapiType | undefined {
  return find(alternatives, type)?.type;
}

/** Compares alternatives, which their JSON types tell apart. */
export function compareAlternates(
  comparison: TypeComparison,
  node: ComparisonNode,
  before: AlternateType,
  after: AlternateType,
): void {
  compareFeatures(node, before, after);
  for (const { type, condition } of after.alternatives) {
    const old = find(before.alternatives, type);
    if (old !== undefined) comparison.compareUse(old.type, type, node, node.path);
    else node.report('alternative added', node.direction === 'in', { after: notationOf(type), condition });
  }
  for (const { type, condition } of before.alternatives) {
    if (find(after.alternatives, type) !== undefined) continue;
    node.report('alternative removed', node.direction === 'out', { before: notationOf(type), condition });
  }
}

function find(alternatives: readonly Alternative[], type: QapiType): Alternative | undefined {
  return alternatives.find((alternative) => jsonKindOf(alternative.type) === jsonKindOf(type));
}
