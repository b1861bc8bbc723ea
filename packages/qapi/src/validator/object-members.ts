import { findMember } from '../model/qapi-command.ts';
import type { ObjectType } from '../model/qapi-type.ts';
import { closestName } from './closest-name.ts';
import { listed } from './describe-type.ts';

/** More names than these are only counted. */
const LISTED_NAMES = 8;

type Members = Readonly<Record<string, unknown>>;

/** A member of an object; one that is inherited is none. */
export function ownMember(value: Members, name: string): unknown {
  const member = value[name];
  return member === undefined || !Object.hasOwn(value, name) ? undefined : member;
}

/** What the tag of an object adds to its members. */
export function branchFor(value: Members, { tag, branches }: ObjectType): ObjectType | undefined {
  const choice = tag && ownMember(value, tag.name);
  return typeof choice === 'string' ? branches.get(choice)?.type : undefined;
}

/** What would be right in the place of a member that an object of this type does not have; undefined where it may. */
export function explainUnexpected(
  value: Members,
  name: string,
  type: ObjectType,
): { readonly expected: string; readonly didYouMean?: string | undefined } | undefined {
  const levels = levelsOf(value, type);
  if (levels.some(({ members }) => members.has(name))) return undefined;
  for (const level of levels) {
    const { tag, branches } = level;
    const elsewhere = [...branches].filter(([, branch]) => findMember(branch.type, name) !== undefined);
    const chosen = branchFor(value, level);
    // It lies in another branch, of the branch that was chosen.
    if (tag === undefined || elsewhere.length === 0 || elsewhere.some(([, branch]) => branch.type === chosen)) continue;
    // Which branch is meant is not known, and the issue of the tag says so.
    if (!isDecided(value, level)) return undefined;
    const choices = elsewhere.map(([choice]) => JSON.stringify(choice));
    return { expected: `it with ${tag.name} ${describeNames(choices)}` };
  }
  const missing = levels.flatMap(({ members }) => [...members.keys()]).filter((each) => value[each] === undefined);
  return { expected: describeNames(missing), didYouMean: closestName(name, missing) };
}

/** The type, the branch that its tag chooses, the branch that the tag of that chooses. */
function levelsOf(value: Members, type: ObjectType): ObjectType[] {
  const levels: ObjectType[] = [];
  for (let level: ObjectType | undefined = type; level !== undefined; level = branchFor(value, level))
    levels.push(level);
  return levels;
}

function describeNames(names: readonly string[]): string {
  if (names.length === 0) return 'no other member';
  return names.length > LISTED_NAMES ? `one of ${names.length} others` : listed(names);
}

function isDecided(value: Members, { tag }: ObjectType): boolean {
  const choice = tag && ownMember(value, tag.name);
  return typeof choice === 'string' && tag?.type.kind === 'enum' && tag.type.values.has(choice);
}
