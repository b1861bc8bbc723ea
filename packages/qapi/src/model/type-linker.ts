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

/** How deep branches of branches may lie; in QEMU's own schema there are two. */
const MAX_CONTAINMENT = 64;

/** An object type that is being filled. */
interface OpenObject extends ObjectType {
  base: ObjectType | undefined;
  tag: Member | undefined;
  readonly members: Map<string, Member>;
  readonly branches: Map<string, Branch>;
}

/** Makes types of definitions: first all of them, empty, then what is in them, so that they may refer to each other. */
export class TypeLinker {
  readonly #types = new Map<string, EnumType | ObjectType | AlternateType>();
  readonly #open = new Map<string, { readonly type: OpenObject; readonly definition: ObjectDefinition }>();

  constructor(definitions: readonly Definition[]) {
    const alternates: (() => void)[] = [];
    for (const definition of definitions) {
      if (definition.kind === 'enum') this.#types.set(definition.name, enumOf(definition));
      else if (definition.kind === 'alternate') alternates.push(this.#openAlternate(definition));
      else if (definition.kind === 'object') this.#openObject(definition);
    }
    for (const fill of alternates) fill();
    for (const name of this.#open.keys()) this.#fillWithBases(name);
    const sound = new Set<ObjectType>();
    for (const type of this.#types.values()) if (type.kind === 'object') checkContainment(type, sound, []);
  }

  /** @param user what refers to it, for the error. */
  typeOf(reference: TypeReference, user: string): QapiType {
    if (typeof reference !== 'string') return { kind: 'array', element: this.typeOf(reference[0], user) };
    return isBuiltinName(reference) ? { kind: 'builtin', name: reference } : this.namedType(reference, user);
  }

  namedType(name: string, user: string): EnumType | ObjectType | AlternateType {
    const type = this.#types.get(name);
    if (type === undefined) throw new SchemaError(`"${user}" uses the type "${name}", which is not defined`);
    return type;
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

  #openAlternate({ alternatives, ...facts }: AlternateDefinition): () => void {
    const linked: Alternative[] = [];
    const type: AlternateType = { ...facts, alternatives: linked };
    this.#types.set(type.name, type);
    return () => {
      for (const { name, type: reference, ...rest } of alternatives) {
        linked.push({ ...rest, name, type: this.typeOf(reference, type.name) });
      }
    };
  }

  #openObject(definition: ObjectDefinition): void {
    const { base: _base, members: _members, tag: _tag, branches: _branches, ...facts } = definition;
    const type = { ...facts, base: undefined, members: new Map(), tag: undefined, branches: new Map() };
    this.#types.set(type.name, type);
    this.#open.set(type.name, { type, definition });
  }

  /** Members of bases come first, so bases are filled first. */
  #fillWithBases(name: string): void {
    const waiting = new Set<string>();
    for (let next: string | undefined = name; next !== undefined;) {
      const open = this.#open.get(next);
      if (open === undefined) break;
      if (waiting.has(next)) throw new SchemaError(`"${next}" is its own base`);
      waiting.add(next);
      const { base }: ObjectDefinition = open.definition;
      next = typeof base === 'string' ? base : undefined;
    }
    for (const each of [...waiting].reverse()) this.#fill(each);
  }

  #fill(name: string): void {
    const open = this.#open.get(name);
    if (open === undefined) return;
    this.#open.delete(name);
    const { type, definition } = open;
    const base = definition.base === undefined ? undefined : this.objectOf(definition.base, name);
    if (base?.name !== undefined) type.base = base;
    for (const [key, member] of base?.members ?? []) type.members.set(key, member);
    for (const [key, member] of this.#membersOf(definition.members, name)) type.members.set(key, member);
    const { tag } = definition;
    if (tag !== undefined) {
      type.tag = type.members.get(tag);
      if (type.tag === undefined) throw new SchemaError(`"${name}" has no member "${tag}" that could be its tag`);
    }
    for (const { type: reference, ...branch } of definition.branches ?? []) {
      type.branches.set(branch.value, { ...branch, type: this.objectOf(reference, name) });
    }
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

function enumOf({ values, ...facts }: EnumDefinition): EnumType {
  return { ...facts, values: new Map(values.map((value) => [value.name, value])) };
}

/** Whoever walks through the branches of a type comes to an end. */
function checkContainment(type: ObjectType, sound: Set<ObjectType>, containers: readonly ObjectType[]): void {
  if (sound.has(type)) return;
  const name = String(type.name);
  if (containers.includes(type)) throw new SchemaError(`"${name}" contains itself, by its branches`);
  if (containers.length > MAX_CONTAINMENT) throw new SchemaError(`"${name}" lies in too many branches of branches`);
  for (const branch of type.branches.values()) checkContainment(branch.type, sound, [...containers, type]);
  sound.add(type);
}
