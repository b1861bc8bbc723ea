import type { Facts } from '../model/definition.ts';
import type { ComparisonNode } from './comparison-node.ts';
import type { DifferenceKind } from './schema-difference.ts';

/** Marks that QEMU itself knows. None of them changes what is on the wire. */
const marks: Readonly<Record<string, { readonly added: DifferenceKind; readonly removed: DifferenceKind }>> = {
  deprecated: { added: 'deprecated', removed: 'no longer deprecated' },
  unstable: { added: 'unstable', removed: 'no longer unstable' },
};

/** Compares the marks of two things; others than those say what a QEMU can do, so that clients miss them. */
export function compareFeatures(node: ComparisonNode, before: Facts, after: Facts, path: string = node.path): void {
  const old = new Map(before.features?.map((feature) => [feature.name, feature]));
  const current = new Map(after.features?.map((feature) => [feature.name, feature]));
  for (const [name, { condition }] of current) {
    if (old.has(name)) continue;
    node.report(marks[name]?.added ?? 'feature added', true, { path, after: name, condition });
  }
  for (const [name, { condition }] of old) {
    if (current.has(name)) continue;
    const mark = marks[name];
    node.report(mark?.removed ?? 'feature removed', mark !== undefined, { path, before: name, condition });
  }
}
