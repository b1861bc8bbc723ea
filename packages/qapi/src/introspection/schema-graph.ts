import { checkReferences } from './check-references.ts';
import type { CommandEntry, EventEntry, ObjectEntry, SchemaEntries, TypeEntry } from './schema-entry.ts';

/** Where a type refers to another. */
export interface TypeUse {
  /** The member, or the value of the tag; empty for the elements of an array. */
  readonly step: string;
  readonly type: TypeEntry;
}

/** The entries of a reply, all of whose references lead somewhere. QEMU promises no order, so there is one here. */
export class SchemaGraph {
  /** By name. */
  readonly commands: readonly CommandEntry[];
  /** By name. */
  readonly events: readonly EventEntry[];
  readonly #entries: SchemaEntries;
  /** In the order of the distance from the commands and events. */
  readonly #places: ReadonlyMap<TypeEntry, number>;

  /** @throws SchemaError for a reference that leads nowhere, or to what it cannot refer to. */
  constructor(entries: SchemaEntries) {
    checkReferences(entries);
    const sorted = [...entries.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
    this.commands = sorted.filter((entry) => entry.kind === 'command');
    this.events = sorted.filter((entry) => entry.kind === 'event');
    this.#entries = entries;
    this.#places = this.#countPlaces();
  }

  /** What commands and events use, nearest first. */
  get types(): readonly TypeEntry[] {
    return [...this.#places.keys()];
  }

  /** The type that an entry refers to. */
  type(name: string): TypeEntry {
    // They have been checked.
    return this.#entries.get(name) as TypeEntry;
  }

  /** The object that an entry refers to; undefined for one that says nothing, which is how QEMU says "none". */
  content(name: string): ObjectEntry | undefined {
    const entry = this.type(name) as ObjectEntry;
    return isEmpty(entry) ? undefined : entry;
  }

  /** What a type refers to, builtin types excepted. */
  usesOf(entry: TypeEntry): TypeUse[] {
    const uses: TypeUse[] = [];
    const add = (step: string, type: TypeEntry): void => {
      if (type.kind !== 'builtin') uses.push({ step, type });
    };
    if (entry.kind === 'array') add('', this.type(entry.element));
    else if (entry.kind === 'alternate') {
      for (const type of entry.types.map((name) => this.type(name))) add(type.kind, type);
    } else if (entry.kind === 'object') {
      for (const { name, type } of entry.members) add(name, this.type(type));
      for (const { value, type } of this.branchesOf(entry)) add(value, type);
    }
    return uses;
  }

  /** In how many places a type stands. */
  placesOf(type: TypeEntry): number {
    return this.#places.get(type) ?? 0;
  }

  #countPlaces(): Map<TypeEntry, number> {
    const places = new Map<TypeEntry, number>();
    const count = (type: TypeEntry): void => void places.set(type, (places.get(type) ?? 0) + 1);
    for (const { argumentsType, returnsType } of this.commands) {
      count(this.type(argumentsType));
      count(this.type(returnsType));
    }
    for (const { dataType } of this.events) count(this.type(dataType));
    // Grows while it is walked through.
    for (const type of places.keys()) for (const use of this.usesOf(type)) count(use.type);
    return places;
  }

  /** The branches that add something. */
  branchesOf({ branches }: ObjectEntry): { readonly value: string; readonly type: ObjectEntry }[] {
    return branches.flatMap(({ value, type: name }) => {
      const type = this.content(name);
      return type === undefined ? [] : [{ value, type }];
    });
  }
}

/** Whether a type is an object that says nothing. */
export function isEmpty(entry: TypeEntry): boolean {
  return entry.kind === 'object' && entry.members.length === 0;
}
