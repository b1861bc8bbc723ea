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

/** A type that is there, so that others can refer to it, and whose content follows. */
type Draft<T> = { -readonly [K in keyof T]: T[K] extends ReadonlyMap<infer N, infer V> ? Map<N, V> : T[K] };

/** What a type may contain others in: a branch of a branch of a branch. QEMU's own nest twice. */
const MAX_CONTAINMENT = 64;

/**
 * Makes types of definitions. All of them exist before any is filled, so that they may refer to each other in whatever
 * circles, and to as many as there are.
 */
export class TypeLinker {
  readonly #types = new Map<string, EnumType | ObjectType | AlternateType>();
  /** Objects that are not filled yet; one that is being filled is `'open'`. */
  readonly #pending = new Map<string, ObjectDefinition | 'open'>();

  constructor(definitions: readonly Definition[]) {
    const alternates: [AlternateDefinition, Alternative[]][] = [];
    for (const definition of definitions) {
      if (definition.kind === 'enum') this.#types.set(definition.name, enumOf(definition));
      else if (definition.kind === 'object') {
        this.#types.set(definition.name, draftOf(definition));
        this.#pending.set(definition.name, definition);
      } else if (definition.kind === 'alternate') {
        const alternatives: Alternative[] = [];
        this.#types.set(definition.name, { ...definition, alternatives });
        alternates.push([definition, alternatives]);
      }
    }
    for (const [definition, alternatives] of alternates) this.#fillAlternate(definition, alternatives);
    for (const name of this.#pending.keys()) this.#fillObject(name);
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

  #fillAlternate(definition: AlternateDefinition, alternatives: Alternative[]): void {
    for (const { name, type, ...rest } of definition.alternatives) {
      alternatives.push({ ...rest, name, type: this.typeOf(type, definition.name) });
    }
  }

  #fillObject(name: string): void {
    const definition = this.#pending.get(name);
    if (definition === undefined) return;
    if (definition === 'open') throw new SchemaError(`"${name}" is its own base`);
    this.#pending.set(name, 'open');
    const type = this.#types.get(name) as Draft<ObjectType>;
    const base = this.#baseOf(definition);
    type.base = base?.name === undefined ? undefined : base;
    type.members = new Map([...(base?.members ?? []), ...this.#membersOf(definition.members, name)]);
    if (definition.tag !== undefined) {
      type.tag = type.members.get(definition.tag);
      if (type.tag === undefined) {
        throw new SchemaError(`"${name}" has no member "${definition.tag}" that could be its tag`);
      }
    }
    for (const { type: reference, ...branch } of definition.branches ?? []) {
      type.branches.set(branch.value, { ...branch, type: this.objectOf(reference, name) });
    }
    this.#pending.delete(name);
  }

  #baseOf({ base, name }: ObjectDefinition): ObjectType | undefined {
    if (base === undefined) return undefined;
    const type = this.objectOf(base, name);
    // Its members are needed at once.
    if (type.name !== undefined) this.#fillObject(type.name);
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

function enumOf({ values, ...facts }: EnumDefinition): EnumType {
  return { ...facts, values: new Map(values.map((value) => [value.name, value])) };
}

function draftOf(definition: ObjectDefinition): Draft<ObjectType> {
  return { ...definition, base: undefined, members: new Map(), tag: undefined, branches: new Map<string, Branch>() };
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
