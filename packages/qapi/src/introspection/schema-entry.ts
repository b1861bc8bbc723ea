import type { BuiltinType } from '../model/builtin-type.ts';

/** One entry of a `query-qmp-schema` reply (QAPI `SchemaInfo`), checked. Entries refer to each other by name. */
export type SchemaEntry = TypeEntry | CommandEntry | EventEntry;

/** Those that are types. */
export type TypeEntry = BuiltinEntry | EnumEntry | ArrayEntry | ObjectEntry | AlternateEntry;

/** All entries of a reply by their names. */
export type SchemaEntries = ReadonlyMap<string, SchemaEntry>;

/** What entries and their parts have. */
export interface EntryFacts {
  readonly name: string;
  readonly features: readonly string[];
}

interface BuiltinEntry extends EntryFacts {
  readonly kind: 'builtin';
  readonly builtin: BuiltinType;
}

export interface EnumEntry extends EntryFacts {
  readonly kind: 'enum';
  readonly values: readonly EntryFacts[];
}

export interface ArrayEntry extends EntryFacts {
  readonly kind: 'array';
  readonly element: string;
}

export interface ObjectEntry extends EntryFacts {
  readonly kind: 'object';
  readonly members: readonly EntryMember[];
  readonly tag: string | undefined;
  readonly branches: readonly EntryBranch[];
}

export interface EntryMember extends EntryFacts {
  readonly type: string;
  readonly isOptional: boolean;
}

export interface EntryBranch {
  readonly value: string;
  readonly type: string;
}

export interface AlternateEntry extends EntryFacts {
  readonly kind: 'alternate';
  readonly types: readonly string[];
}

export interface CommandEntry extends EntryFacts {
  readonly kind: 'command';
  readonly argumentsType: string;
  readonly returnsType: string;
  readonly allowsOob: boolean;
}

export interface EventEntry extends EntryFacts {
  readonly kind: 'event';
  readonly dataType: string;
}
