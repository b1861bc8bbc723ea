import type { EnumValueDefinition, Facts } from '../model/definition.ts';
import type { Branch, Member, ObjectType } from '../model/qapi-type.ts';
import { literal } from './layout.ts';
import { basesOf } from './object-text.ts';
import type { Printing } from './printing.ts';
import { type Direction, type NamedObject, ownMembers } from './wire-types.ts';

/** A union that has a name. */
export type NamedUnion = NamedObject & { readonly tag: Member };

/** One of the interfaces that make up a union. */
export interface Arm {
  readonly name: string;
  /** The values that lead to it, from the outermost union inwards. */
  readonly path: readonly string[];
  /** Whether it stands for the values that have no branch. */
  readonly isRest: boolean;
  /** Whether it is not the same in both directions. */
  readonly isVariable: boolean;
  /** What the tag may be. */
  readonly tag: readonly string[];
  readonly bases: readonly string[];
  /** What it adds, besides the tag. */
  readonly members: readonly Member[];
  readonly facts: Facts;
  readonly link?: string | undefined;
}

export function isUnion(type: ObjectType): type is NamedUnion {
  return type.tag !== undefined && type.name !== undefined;
}

/** The members that all arms share, but for the tag, where the union itself brings them. */
export function sharedMembers(type: NamedUnion): Member[] {
  return ownMembers(type).filter((member) => member.name !== type.tag.name);
}

/** The name of the interface that {@link sharedMembers} stand in. */
export function sharedName(type: NamedUnion, direction: Direction, { names, types }: Printing): string {
  const isVariable = sharedMembers(type).some((member) => types.isVariable(member.type));
  return names.derive('base', [type.name], isVariable && direction === 'received' && types.isSplit(type));
}

/** The interfaces of a union: one for each branch, and one for all values that have none. */
export function armsOf(type: NamedUnion, direction: Direction, printing: Printing): Arm[] {
  const shared = sharedMembers(type);
  const bases = [
    ...basesOf(type, direction, printing),
    ...(shared.length === 0 ? [] : [sharedName(type, direction, printing)]),
  ];
  const { base } = type;
  const isVariable =
    (base !== undefined && printing.types.isVariable(base)) ||
    shared.some((member) => printing.types.isVariable(member.type));
  const values = valuesOf(type);
  const branches = [...type.branches.values()].flatMap((branch) =>
    innerArms(branch, direction, printing).map((inner): Arm => {
      const arm = { ...inner, path: [branch.value, ...inner.path], isVariable: isVariable || inner.isVariable };
      const facts = mergeFacts(mergeFacts(inner.facts, branch), values.get(branch.value));
      const name = armName(type, arm, direction, printing);
      return { ...arm, name, tag: [literal(branch.value)], bases: [...bases, ...inner.bases], facts };
    }),
  );
  const tag = [...values.keys()].filter((value) => !type.branches.has(value)).map(literal);
  if (direction === 'received') tag.push('Unlisted');
  if (tag.length === 0) return branches;
  const rest = { path: [], isRest: true, isVariable: true, tag, bases, members: [], facts: {} };
  return [...branches, { ...rest, name: armName(type, rest, direction, printing) }];
}

/** What a branch adds: one arm, or as many as the union in it has. `name` is there where a struct lends its own. */
function innerArms(
  { type: inner }: Branch,
  direction: Direction,
  printing: Printing,
): (Omit<Arm, 'name' | 'tag'> & { readonly struct?: NamedObject })[] {
  const nothing = { path: [], isRest: false, members: [], facts: {} };
  if (isUnion(inner)) {
    return armsOf(inner, direction, printing).map(({ name, path, isRest, isVariable }) => {
      return { ...nothing, path, isRest, isVariable, bases: [name] };
    });
  }
  const isVariable = printing.types.isVariable(inner);
  if (!printing.types.isSoleBranch(inner)) {
    return [{ ...nothing, isVariable, bases: basesOf({ ...inner, base: inner }, direction, printing) }];
  }
  // Nothing else needs the struct by itself, so that its name is free for the whole of the branch.
  const struct = inner as NamedObject;
  const link = printing.links.get(struct.name);
  const members = ownMembers(struct);
  return [
    { ...nothing, isVariable, bases: basesOf(struct, direction, printing), members, facts: struct, link, struct },
  ];
}

function armName(
  type: NamedUnion,
  { path, isRest, isVariable, struct }: Pick<Arm, 'path' | 'isRest' | 'isVariable'> & { readonly struct?: NamedObject },
  direction: Direction,
  { names, types }: Printing,
): string {
  const isOutput = isVariable && direction === 'received' && types.isSplit(type);
  if (struct === undefined) return names.derive(isRest ? 'rest' : 'branch', [type.name, ...path], isOutput);
  return names.of(struct, direction);
}

/** The values of the tag. */
function valuesOf({ tag }: NamedUnion): ReadonlyMap<string, EnumValueDefinition> {
  return tag.type.kind === 'enum' ? tag.type.values : new Map();
}

/** What is said of a thing in two places; what the first says goes before. */
function mergeFacts(first: Facts, second: Facts = {}): Facts {
  const features = [...(first.features ?? []), ...(second.features ?? [])];
  const condition = first.condition ?? second.condition;
  const since = first.since ?? second.since;
  const documentation = first.documentation ?? second.documentation;
  return {
    ...(features.length === 0 ? {} : { features }),
    ...(condition === undefined ? {} : { condition }),
    ...(since === undefined ? {} : { since }),
    ...(documentation === undefined ? {} : { documentation }),
  };
}
