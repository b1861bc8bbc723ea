import type {
  AlternateDefinition,
  CommandDefinition,
  Definition,
  EnumDefinition,
  EventDefinition,
  FeatureDefinition,
  MemberDefinition,
  ObjectDefinition,
  TypeReference,
} from '../model/definition.ts';
import type { CommandEntry, EntryFacts, EventEntry, ObjectEntry, TypeEntry } from './schema-entry.ts';
import { isEmpty, type SchemaGraph } from './schema-graph.ts';

/** The names of the types that are to be defined; `undefined` for those that are written where they are used. */
type TypeNames = ReadonlyMap<TypeEntry, string | undefined>;

type TypeDefinition = EnumDefinition | ObjectDefinition | AlternateDefinition;

/** What a reply defines: its commands, its events, and the types that these use, each by name. */
export function definitionsOf(graph: SchemaGraph, names: TypeNames): Definition[] {
  const writer = new DefinitionWriter(graph, names);
  const types = [...names].flatMap(([entry, name]) => (name === undefined ? [] : writer.type(entry, name)));
  return [
    ...graph.commands.map((entry) => writer.command(entry)),
    ...graph.events.map((entry) => writer.event(entry)),
    ...types.sort((one, other) => (one.name < other.name ? -1 : 1)),
  ];
}

class DefinitionWriter {
  readonly #graph: SchemaGraph;
  readonly #names: TypeNames;

  constructor(graph: SchemaGraph, names: TypeNames) {
    this.#graph = graph;
    this.#names = names;
  }

  command(entry: CommandEntry): CommandDefinition {
    const content = this.#graph.content(entry.argumentsType);
    const returns = this.#graph.type(entry.returnsType);
    return {
      kind: 'command',
      ...factsOf(entry),
      ...(content !== undefined && { arguments: this.#content(content) }),
      ...(!isEmpty(returns) && { returns: this.#reference(returns) }),
      ...(isOpen(entry, content) && { open: true }),
      ...(entry.allowsOob && { allowOob: true }),
    };
  }

  event(entry: EventEntry): EventDefinition {
    const content = this.#graph.content(entry.dataType);
    return { kind: 'event', ...factsOf(entry), ...(content !== undefined && { data: this.#content(content) }) };
  }

  /** None for types that need no definition. */
  type(entry: TypeEntry, name: string): TypeDefinition[] {
    switch (entry.kind) {
      case 'enum':
        return [{ kind: 'enum', ...factsOf(entry, name), values: entry.values.map((value) => factsOf(value)) }];
      case 'alternate': {
        const alternatives = entry.types.map((type) => ({ type: this.#reference(this.#graph.type(type)) }));
        return [{ kind: 'alternate', ...factsOf(entry, name), alternatives }];
      }
      case 'object':
        return [this.#object(entry, name)];
      case 'builtin':
      case 'array':
        return [];
    }
  }

  #object(entry: ObjectEntry, name: string): ObjectDefinition {
    const { tag } = entry;
    const branches = this.#graph.branchesOf(entry).map(({ value, type }) => ({ value, type: this.#nameOf(type) }));
    return {
      kind: 'object',
      ...factsOf(entry, name),
      members: this.#members(entry),
      ...(tag !== undefined && { tag, branches }),
    };
  }

  #content(entry: ObjectEntry): string | readonly MemberDefinition[] {
    return this.#names.get(entry) ?? this.#members(entry);
  }

  #members(entry: ObjectEntry): MemberDefinition[] {
    return entry.members.map((member) => {
      const { name, features } = factsOf(member);
      const type = this.#reference(this.#graph.type(member.type));
      const definition = { name, type, ...(features !== undefined && { features }) };
      return member.isOptional ? { ...definition, optional: true } : definition;
    });
  }

  #reference(entry: TypeEntry): TypeReference {
    if (entry.kind !== 'array') return this.#nameOf(entry);
    return [this.#nameOf(this.#graph.type(entry.element))];
  }

  #nameOf(entry: TypeEntry): string {
    // All that is used has one, but for content, which is never referred to.
    return entry.kind === 'builtin' ? entry.builtin.name : String(this.#names.get(entry));
  }
}

/** @param name that it gets. */
function factsOf(
  { name: ownName, features }: EntryFacts,
  name = ownName,
): { name: string; features?: readonly FeatureDefinition[] } {
  return features.length === 0 ? { name } : { name, features: features.map((feature) => ({ name: feature })) };
}

/** QEMU parses the arguments of these by hand, which introspection does not say; those of `object-add` until 6.0. */
function isOpen({ name }: CommandEntry, content: ObjectEntry | undefined): boolean {
  return name === 'device_add' || (name === 'object-add' && content?.branches.length === 0);
}
