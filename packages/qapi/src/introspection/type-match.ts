import { jsonKindOf } from '../model/json-kind.ts';
import type { AlternateType, EnumType, ObjectType, QapiType } from '../model/qapi-type.ts';
import type { AlternateEntry, EnumEntry, ObjectEntry, TypeEntry } from './schema-entry.ts';
import type { SchemaGraph } from './schema-graph.ts';

/** A type of a reply whose name QEMU masks. */
export type MaskedEntry = EnumEntry | ObjectEntry | AlternateEntry;

/** A type of a model that such a type can be. */
export type MatchedType = EnumType | ObjectType | AlternateType;

/** Which type of a model a type of a reply is. */
export type TypeMatches = Map<TypeEntry, MatchedType>;

/** A type of a reply and one of a model that stand in the same place. */
export type TypePair = readonly [entry: TypeEntry, type: QapiType];

/** The pairs of the types that the commands and events of a name have on both sides use. */
export function pairsOfRoots(
  graph: SchemaGraph,
  {
    commands,
    events,
  }: {
    readonly commands: ReadonlyMap<
      string,
      { readonly arguments: ObjectType | undefined; readonly returns: QapiType | undefined }
    >;
    readonly events: ReadonlyMap<string, { readonly data: ObjectType | undefined }>;
  },
): TypePair[] {
  return [
    ...graph.commands.flatMap(({ name, argumentsType, returnsType }) => {
      const command = commands.get(name);
      return [
        ...pair(graph.content(argumentsType), command?.arguments),
        ...pair(graph.type(returnsType), command?.returns),
      ];
    }),
    ...graph.events.flatMap(({ name, dataType }) => pair(graph.content(dataType), events.get(name)?.data)),
  ];
}

/** The pairs of the types that these two use in the same place: the elements of arrays, members, branches, alternatives. */
export function pairsWithin(graph: SchemaGraph, entry: TypeEntry, type: QapiType): TypePair[] {
  if (entry.kind === 'array' && type.kind === 'array') return [[graph.type(entry.element), type.element]];
  if (entry.kind === 'object' && type.kind === 'object') {
    return [
      ...entry.members.flatMap((member) => pair(graph.type(member.type), type.members.get(member.name)?.type)),
      ...graph.branchesOf(entry).flatMap((branch) => pair(branch.type, type.branches.get(branch.value)?.type)),
    ];
  }
  if (entry.kind === 'alternate' && type.kind === 'alternate') {
    return entry.types
      .map((name) => graph.type(name))
      .flatMap((one) => pair(one, type.alternatives.find((other) => jsonKindOf(other.type) === kindOf(one))?.type));
  }
  return [];
}

/** What can be told of a type without those that it uses: its members and branches, values, or JSON types. */
export function traitsOfEntry(graph: SchemaGraph, entry: MaskedEntry): ReadonlySet<string> {
  switch (entry.kind) {
    case 'enum':
      return new Set(entry.values.map(({ name }) => name));
    case 'alternate':
      return new Set(entry.types.map((name) => String(kindOf(graph.type(name)))));
    case 'object':
      return new Set([
        ...entry.members.map(({ name, isOptional }) => memberTrait(name, isOptional)),
        ...graph.branchesOf(entry).map(({ value }) => branchTrait(value)),
      ]);
  }
}

/** The same of a type of a model. */
export function traitsOfType(type: MatchedType): ReadonlySet<string> {
  switch (type.kind) {
    case 'enum':
      return new Set(type.values.keys());
    case 'alternate':
      return new Set(type.alternatives.map((alternative) => String(jsonKindOf(alternative.type))));
    case 'object':
      return new Set([
        ...[...type.members.values()].map(({ name, isOptional }) => memberTrait(name, isOptional)),
        ...[...type.branches.keys()].map(branchTrait),
      ]);
  }
}

function memberTrait(name: string, isOptional: boolean): string {
  return isOptional ? `*${name}` : name;
}

function branchTrait(value: string): string {
  return `=${value}`;
}

function kindOf(entry: TypeEntry): ReturnType<typeof jsonKindOf> {
  return jsonKindOf(entry.kind === 'builtin' ? entry.builtin : entry);
}

function pair(entry: TypeEntry | undefined, type: QapiType | undefined): TypePair[] {
  return entry === undefined || type === undefined ? [] : [[entry, type]];
}
