import type { BuiltinType } from './builtin-type.ts';
import type {
  AlternativeDefinition,
  BranchDefinition,
  DefinitionFacts,
  EnumValueDefinition,
  Facts,
} from './definition.ts';

/** What a value on the wire can be. Types refer to each other, in circles too. */
export type QapiType = BuiltinType | ArrayType | EnumType | ObjectType | AlternateType;

/** Any number of values of one type. */
export interface ArrayType {
  readonly kind: 'array';
  readonly element: QapiType;
}

/** One string of several. */
export interface EnumType extends DefinitionFacts {
  readonly kind: 'enum';
  readonly values: ReadonlyMap<string, EnumValueDefinition>;
}

/** Members by name, and perhaps branches. */
export interface ObjectType extends Facts {
  readonly kind: 'object';
  /** Undefined for arguments and data that are written where they are used. */
  readonly name: string | undefined;
  readonly module?: string;
  /** The struct that it extends, if it has a name. */
  readonly base: ObjectType | undefined;
  /** All members that it has whatever its tag says, those of its base first. */
  readonly members: ReadonlyMap<string, Member>;
  /** The member that chooses the branch; its type is an enum. */
  readonly tag: Member | undefined;
  /** What each value of the tag adds; the values that add nothing are missing. */
  readonly branches: ReadonlyMap<string, Branch>;
}

/** A member of an object. */
export interface Member extends Facts {
  readonly name: string;
  readonly type: QapiType;
  readonly isOptional: boolean;
}

/** What one value of the tag adds. */
export interface Branch extends Omit<BranchDefinition, 'type'> {
  readonly type: ObjectType;
}

/** One of several types, told apart by the JSON type of the value. */
export interface AlternateType extends DefinitionFacts {
  readonly kind: 'alternate';
  readonly alternatives: readonly Alternative[];
}

/** One of the types of an alternate. */
export interface Alternative extends Omit<AlternativeDefinition, 'name' | 'type'> {
  readonly name: string | undefined;
  readonly type: QapiType;
}
