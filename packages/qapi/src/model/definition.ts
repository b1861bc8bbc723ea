/**
 * What a schema defines, as plain data: each reader of schemas makes these, and `QapiModel` links them by name. They
 * survive `JSON.stringify`.
 */
export type Definition = EnumDefinition | ObjectDefinition | AlternateDefinition | CommandDefinition | EventDefinition;

/** A type, as QAPI writes it: its name, or that of an array's elements in brackets. */
export type TypeReference = string | readonly [element: string];

/** When something is built into QEMU (QAPI `if`): a C preprocessor symbol, or several. */
export type Condition =
  | string
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition };

/** What can be said of everything that has a name in a schema. */
export interface Facts {
  /** Marks; `deprecated` and `unstable` are those that QEMU itself knows. */
  readonly features?: readonly FeatureDefinition[];
  /** There in builds only that meet it. A running QEMU has applied its conditions: what it says has none. */
  readonly condition?: Condition;
  /** The QEMU version that brought it, such as `5.2`, where its documentation says so. */
  readonly since?: string;
  /** Its documentation, for those who asked for it. */
  readonly documentation?: string;
}

/** A mark on something (QAPI `features`). */
export interface FeatureDefinition {
  readonly name: string;
  readonly condition?: Condition;
  readonly since?: string;
  readonly documentation?: string;
}

/** What all definitions have. */
export interface DefinitionFacts extends Facts {
  readonly name: string;
  /** The file that defines it, without folder and extension: `block-core`. */
  readonly module?: string;
}

/** A closed set of strings. */
export interface EnumDefinition extends DefinitionFacts {
  readonly kind: 'enum';
  readonly values: readonly EnumValueDefinition[];
}

/** One of an enum's strings. */
export interface EnumValueDefinition extends Facts {
  readonly name: string;
}

/** A QAPI `struct` or `union`: members, those of its base before them, and perhaps branches. */
export interface ObjectDefinition extends DefinitionFacts {
  readonly kind: 'object';
  /** The struct whose members come first, or these members themselves. */
  readonly base?: string | readonly MemberDefinition[];
  readonly members: readonly MemberDefinition[];
  /** The member, an enum, whose value chooses the branch (QAPI `discriminator`). */
  readonly tag?: string;
  /** What each value of the tag adds; nothing where it is missing. */
  readonly branches?: readonly BranchDefinition[];
}

/** A member of an object. */
export interface MemberDefinition extends Facts {
  readonly name: string;
  readonly type: TypeReference;
  readonly optional?: true;
}

/** What a value of the tag adds to an object. */
export interface BranchDefinition {
  readonly value: string;
  /** An object type. */
  readonly type: string;
  readonly condition?: Condition;
}

/** One of several types, told apart by the JSON type of the value. */
export interface AlternateDefinition extends DefinitionFacts {
  readonly kind: 'alternate';
  readonly alternatives: readonly AlternativeDefinition[];
}

/** One of the types of an alternate. */
export interface AlternativeDefinition {
  /** In QEMU's source only: it is never on the wire. */
  readonly name?: string;
  readonly type: TypeReference;
  readonly condition?: Condition;
  readonly since?: string;
  readonly documentation?: string;
}

/** What a client can ask for. */
export interface CommandDefinition extends DefinitionFacts {
  readonly kind: 'command';
  /** An object type, or the members of one; none where there are no arguments. */
  readonly arguments?: string | readonly MemberDefinition[];
  /** None where the reply is an empty object. */
  readonly returns?: TypeReference;
  /** Takes members that the schema does not know, too (QAPI `gen: false`): `device_add`, by the device's properties. */
  readonly open?: true;
  /** There may be no reply when it succeeds (QAPI `success-response: false`). */
  readonly silent?: true;
  readonly allowOob?: true;
  readonly allowPreconfig?: true;
  /** What its documentation says of the reply (`Returns:`). */
  readonly returnsDocumentation?: string;
  /** What its documentation says of errors (`Errors:`). */
  readonly errorsDocumentation?: string;
}

/** What a server announces by itself. */
export interface EventDefinition extends DefinitionFacts {
  readonly kind: 'event';
  /** An object type, or the members of one; none where there is no data. */
  readonly data?: string | readonly MemberDefinition[];
}
