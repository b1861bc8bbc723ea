import type { Branch, Member, ObjectType } from '../model/qapi-type.ts';
import { compareFeatures } from './compare-features.ts';
import type { ComparisonNode } from './comparison-node.ts';
import { notationOfMember, notationOf } from './type-notation.ts';
import type { TypeComparison } from './type-comparison.ts';

/** Compares members and branches. */
export function compareObjects(
  comparison: TypeComparison,
  node: ComparisonNode,
  before: ObjectType,
  after: ObjectType,
): void {
  compareFeatures(node, before, after);
  for (const [name, member] of after.members) {
    const old = before.members.get(name);
    if (old === undefined) reportNewMember(node, member);
    else compareMembers(comparison, node, old, member);
  }
  for (const [name, member] of before.members) {
    if (after.members.has(name)) continue;
    const path = pathOf(node, member);
    node.report('member removed', false, { path, before: notationOfMember(member), condition: member.condition });
  }
  compareBranches(comparison, node, before, after);
}

function pathOf(node: ComparisonNode, { name }: Member): string {
  return `${node.path}.${name}`;
}

/** A server misses what clients of another do not send; clients pass over what they do not know. */
function reportNewMember(node: ComparisonNode, member: Member): void {
  node.report('member added', node.direction === 'out' || member.isOptional, {
    path: pathOf(node, member),
    after: notationOfMember(member),
    condition: member.condition,
  });
}

function compareMembers(comparison: TypeComparison, node: ComparisonNode, before: Member, after: Member): void {
  const path = pathOf(node, after);
  compareFeatures(node, before, after, path);
  if (before.isOptional !== after.isOptional) {
    const kind = after.isOptional ? 'member became optional' : 'member became required';
    const facts = { path, before: notationOfMember(before), after: notationOfMember(after) };
    node.report(kind, after.isOptional === (node.direction === 'in'), facts);
  }
  comparison.compareUse(before.type, after.type, node, path);
}

function compareBranches(
  comparison: TypeComparison,
  node: ComparisonNode,
  before: ObjectType,
  after: ObjectType,
): void {
  const [old, current] = [branchesOf(before), branchesOf(after)];
  for (const [value, branch] of current) {
    const path = branchPath(node, after, value);
    const other = old.get(value);
    if (other !== undefined) comparison.compareUse(other.type, branch.type, node, path);
    else {
      // A server that takes a value without more, and another that takes more with it.
      const isCompatible = node.direction === 'out' || !knowsValue(before, value) || takesNothing(branch.type);
      node.report('branch added', isCompatible, {
        path,
        after: notationOf(branch.type),
        condition: branch.condition,
      });
    }
  }
  for (const [value, { type, condition }] of old) {
    if (current.has(value)) continue;
    const path = branchPath(node, before, value);
    node.report('branch removed', false, { path, before: notationOf(type), condition });
  }
}

/** Those that add something. */
function branchesOf({ branches }: ObjectType): ReadonlyMap<string, Branch> {
  return new Map([...branches].filter(([, { type }]) => !isEmpty(type)));
}

function branchPath(node: ComparisonNode, { tag }: ObjectType, value: string): string {
  return `${node.path}(${tag?.name}=${value})`;
}

function knowsValue({ tag }: ObjectType, value: string): boolean {
  return tag?.type.kind === 'enum' && tag.type.values.has(value);
}

/** Whether all of it may be left out. */
function takesNothing({ members, tag }: ObjectType): boolean {
  return tag === undefined && [...members.values()].every(({ isOptional }) => isOptional);
}

/** Whether a type says nothing at all: a branch of it is as good as none. */
function isEmpty(type: ObjectType): boolean {
  return type.members.size === 0 && type.branches.size === 0;
}
