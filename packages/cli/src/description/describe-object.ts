import type { Branch, EnumValueDefinition, Member, ObjectType } from '@qmp/qapi';

import { factCells } from './fact-cells.ts';
import { type NarrowedObject, whole } from './narrow-object.ts';
import type { Row, Sheet } from './sheet.ts';

/** Branches that take more lines than this are listed by name. */
const MOST_BRANCH_LINES = 35;

/** How much is told. */
export interface Extent {
  /** Everything, however long that is. */
  readonly isComplete: boolean;
}

/** The members of an object, a line each, and what its branches add. */
export function describeObject(sheet: Sheet, object: NarrowedObject, extent: Extent, indent = '  '): void {
  const { type, choices } = object;
  if (type.members.size === 0) sheet.line({ text: `${indent}no members` });
  sheet.table(
    [...type.members.values()].map((member) => rowOf(sheet, member, choices.get(member.name))),
    indent,
  );
  if (type.tag === undefined || type.branches.size === 0) return;
  describeBranches(sheet, { object, tag: type.tag, extent, indent });
  // The branches have told it.
  if (type.tag.type.kind === 'enum' && type.tag.type.values.size === type.branches.size) sheet.told.add(type.tag.type);
}

function rowOf(sheet: Sheet, member: Member, choice: EnumValueDefinition | undefined): Row {
  const name = { text: `${member.name}${member.isOptional ? '?' : ''}`, format: 'cyan' } as const;
  return choice === undefined
    ? { cells: [name, { text: sheet.mention(member.type) }], facts: factCells(member) }
    : { cells: [name, { text: `= ${choice.name}` }], facts: factCells(choice) };
}

interface BranchesOptions {
  readonly object: NarrowedObject;
  readonly tag: Member;
  readonly extent: Extent;
  readonly indent: string;
}

function describeBranches(sheet: Sheet, { object, tag, extent, indent }: BranchesOptions): void {
  const branches = [...object.type.branches.values()];
  const groups = groupByType(branches);
  if (!extent.isComplete && linesOf(groups) > MOST_BRANCH_LINES) {
    const example = `${object.request} ${tag.name}=${branches[0]?.value}`;
    sheet.line({ text: `${indent}and more by ${tag.name}; ${example} shows it, --all shows all of these:` });
    sheet.list(branches.map(branchWord), { lead: [{ text: `${indent} ` }], separator: ',', indent: `${indent}  ` });
    return;
  }
  for (const group of groups) {
    const lead = [{ text: indent }, { text: tag.name, format: 'cyan' }, { text: ' =' }] as const;
    sheet.list(group.map(branchWord), { lead, separator: ' |', indent: `${indent}    ` });
    const [{ type, value }] = group;
    describeObject(sheet, whole(type, `${object.request} ${tag.name}=${value}`), extent, `${indent}  `);
  }
}

function branchWord({ value, condition }: Branch): string {
  return condition === undefined
    ? value
    : [value, ...factCells({ condition }).map(({ text }) => `(${text})`)].join(' ');
}

/** Branches of one type. */
type BranchGroup = readonly [Branch, ...Branch[]];

function groupByType(branches: Iterable<Branch>): BranchGroup[] {
  const groups = new Map<ObjectType, [Branch, ...Branch[]]>();
  for (const branch of branches) {
    const group = groups.get(branch.type);
    if (group === undefined) groups.set(branch.type, [branch]);
    else group.push(branch);
  }
  return [...groups.values()];
}

function linesOf(groups: readonly BranchGroup[]): number {
  return groups.reduce(
    (lines, [{ type }]) => lines + 1 + type.members.size + linesOf(groupByType(type.branches.values())),
    0,
  );
}
