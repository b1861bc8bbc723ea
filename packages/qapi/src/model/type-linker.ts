import { isBuiltinName } from './builtin-type.ts';
import type {
  AlternateDefinition,
  Definition,
  EnumDefinition,
  MemberDefinition,
  ObjectDefinition,
  TypeReference,
} from './definition.ts';
import type { AlternateType, Alternative, Branch, EnumType, Member, ObjectType, QapiType } from './qapi-type.ts';
import { SchemaError } from './schema-error.ts';

type TypeDefinition = EnumDefinition | ObjectDefinition | AlternateDefinition;

/** Makes types of definitions. A type exists before what it refers to does, so that it may refer to itself. */
export class TypeLinker {
  readonly #definitions = new Map<string, TypeDefinition>();
  readonly #types = new Map<string, EnumType | ObjectType | AlternateType>();
  /** Objects whose bases are being looked at. */
  readonly #open = new Set<string>();

  constructor(definitions: readonly Definition[]) {
    for (const definition of definitions) {
      if (definition.kind !== 'command' && definition.kind !== 'event') {
        this.#definitions.set(definition.name, definition);
      }
    }
  }

  /** @param user what refers to it, for the error. */
  typeOf(reference: TypeReference, user: string): QapiType {
    if (typeof reference !== 'string') return { kind: 'array', element: this.typeOf(reference[0], user) };
    return isBuiltinName(reference) ? { kind: 'builtin', name: reference } : this.namedType(reference, user);
  }

  namedType(name: string, user: string): EnumType | ObjectType | AlternateType {
    const known = this.#types.get(name);
    if (known !== undefined) return known;
    const definition = this.#definitions.get(name);
    if (definition === undefined) throw new SchemaError(`"${user}" uses the type "${name}", which is not defined`);
    if (definition.kind === 'object') return this.#linkObject(definition);
    return definition.kind === 'enum' ? this.#linkEnum(definition) : this.#linkAlternate(definition);
  }

  /** An object type by its name, or a nameless one of these members. */
  objectOf(reference: string | readonly MemberDefinition[], user: string): ObjectType {
    if (typeof reference !== 'string') {
      const members = this.#membersOf(reference, user);
      return { kind: 'object', name: undefined, base: undefined, members, tag: undefined, branches: new Map() };
    }
    const type = this.namedType(reference, user);
    if (type.kind === 'object') return type;
    throw new SchemaError(
      `"${user}" uses the type "${reference}", which is an ${type.kind}; expected a struct or a union`,
    );
  }

  #linkEnum({ values, ...facts }: EnumDefinition): EnumType {
    const type: EnumType = { ...facts, values: new Map(values.map((value) => [value.name, value])) };
    this.#types.set(type.name, type);
    return type;
  }

  #linkAlternate({ alternatives, ...facts }: AlternateDefinition): AlternateType {
    const linked: Alternative[] = [];
    const type: AlternateType = { ...facts, alternatives: linked };
    this.#types.set(type.name, type);
    for (const { name, type: reference, ...rest } of alternatives) {
      linked.push({ ...rest, name, type: this.typeOf(reference, type.name) });
    }
    return type;
  }

  #linkObject(definition: ObjectDefinition): ObjectType {
    const {
      base: baseReference,
      members: ownMembers,
      tag: tagName,
      branches: branchDefinitions,
      ...facts
    } = definition;
    const { name } = definition;
    if (this.#open.has(name)) throw new SchemaError(`"${name}" is its own base`);
    this.#open.add(name);
    const base = baseReference === undefined ? undefined : this.objectOf(baseReference, name);
    this.#open.delete(name);
    const members = new Map<string, Member>(base?.members);
    const branches = new Map<string, Branch>();
    const type = {
      ...facts,
      base: base?.name === undefined ? undefined : base,
      members,
      branches,
      tag: undefined as Member | undefined,
    };
    this.#types.set(name, type);
    for (const [key, member] of this.#membersOf(ownMembers, name)) members.set(key, member);
    if (tagName !== undefined) {
      type.tag = members.get(tagName);
      if (type.tag === undefined) throw new SchemaError(`"${name}" has no member "${tagName}" that could be its tag`);
    }
    for (const { type: reference, ...branch } of branchDefinitions ?? []) {
      branches.set(branch.value, { ...branch, type: this.objectOf(reference, name) });
    }
    return type;
  }

  #membersOf(definitions: readonly MemberDefinition[], user: string): Map<string, Member> {
    return new Map(
      definitions.map(({ type, optional, ...facts }) => [
        facts.name,
        { ...facts, type: this.typeOf(type, user), isOptional: optional === true },
      ]),
    );
  }
}
