import type { NamedType, QapiModel } from '../model/qapi-model.ts';
import type { Member, ObjectType, QapiType } from '../model/qapi-type.ts';

/** Which way a value goes: arguments are sent; replies and the data of events are received. */
export type Direction = 'sent' | 'received';

/** An object type that has a name. */
export type NamedObject = ObjectType & { readonly name: string };

/** Which types are on the wire, which way they go there, and what else refers to them. */
export class WireTypes {
  readonly #directions = new Map<NamedType, Set<Direction>>();
  /** What refers to an object, where that is a union, and nothing else does. */
  readonly #unions = new Map<ObjectType, NamedObject | undefined>();
  /** Objects that something refers to more than once. */
  readonly #shared = new Set<ObjectType>();
  readonly #variable = new Map<QapiType, boolean>();

  constructor(model: QapiModel) {
    for (const { arguments: args, returns } of model.commands.values()) {
      this.#followUse(args, 'sent');
      this.#followUse(returns, 'received');
    }
    for (const { data } of model.events.values()) this.#followUse(data, 'received');
    for (const type of this.#directions.keys()) this.#noteParts(type);
  }

  /** The ways that it goes; none where only the command line or QEMU itself uses it. */
  directionsOf(type: NamedType): ReadonlySet<Direction> {
    return this.#directions.get(type) ?? new Set();
  }

  /**
   * Whether it goes both ways and is not the same both ways: what is sent is exact, but a newer server may send values
   * that are not listed.
   */
  isSplit(type: NamedType): boolean {
    return this.directionsOf(type).size === 2 && this.isVariable(type);
  }

  /** Whether a type is not the same both ways: whether there is an enum anywhere in it, for all that can grow has one. */
  isVariable(type: QapiType): boolean {
    const known = this.#variable.get(type);
    if (known !== undefined) return known;
    const seen = new Set<QapiType>();
    const pending = [type];
    // What lends its name to a branch has all that the branch has.
    const union = type.kind === 'object' && this.isSoleBranch(type) ? this.unionOf(type) : undefined;
    if (union !== undefined) pending.push(...commonParts(union));
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      if (seen.has(next)) continue;
      seen.add(next);
      pending.push(...partsOf(next));
    }
    const isVariable = [...seen].some((part) => part.kind === 'enum');
    this.#variable.set(type, isVariable);
    return isVariable;
  }

  /** The union that a struct describes branches of, if it is there for nothing else. */
  unionOf(type: ObjectType): NamedObject | undefined {
    return type.tag === undefined ? this.#unions.get(type) : undefined;
  }

  /** Whether a struct describes one branch of one union, and is there for nothing else. */
  isSoleBranch(type: ObjectType): boolean {
    return this.unionOf(type) !== undefined && !this.#shared.has(type);
  }

  /** Notes that values of the type go that way, and with them all that they consist of. */
  #followUse(type: QapiType | undefined, direction: Direction): void {
    if (type === undefined) return;
    this.#noteValue(type);
    const pending = [type];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      if (isNamed(next)) {
        const directions = this.#directions.get(next) ?? new Set();
        if (directions.has(direction)) continue;
        this.#directions.set(next, directions.add(direction));
      }
      pending.push(...partsOf(next));
    }
  }

  /** Notes what a type refers to. */
  #noteParts(type: NamedType): void {
    if (type.kind === 'alternate') for (const alternative of type.alternatives) this.#noteValue(alternative.type);
    if (type.kind !== 'object') return;
    if (type.base !== undefined) this.#noteUse(type.base);
    for (const member of ownMembers(type)) this.#noteValue(member.type);
    // What is noted has a name.
    for (const branch of type.branches.values()) this.#noteUse(branch.type, type as NamedObject);
  }

  #noteValue(type: QapiType): void {
    if (type.kind === 'array') this.#noteValue(type.element);
    else if (type.kind !== 'object') return;
    else if (type.name === undefined) for (const member of type.members.values()) this.#noteValue(member.type);
    else this.#noteUse(type);
  }

  #noteUse(type: ObjectType, union?: NamedObject): void {
    if (!this.#unions.has(type)) this.#unions.set(type, union);
    else this.#shared.add(type);
    if (this.#unions.get(type) !== union) this.#unions.set(type, undefined);
  }
}

/** What an object adds to its base. */
export function ownMembers({ base, members }: ObjectType): Member[] {
  return [...members.values()].filter((member) => base?.members.has(member.name) !== true);
}

function isNamed(type: QapiType): type is NamedType {
  return type.kind !== 'builtin' && type.kind !== 'array' && type.name !== undefined;
}

/** The types that a type consists of. */
function partsOf(type: QapiType): QapiType[] {
  switch (type.kind) {
    case 'builtin':
    case 'enum':
      return [];
    case 'array':
      return [type.element];
    case 'alternate':
      return type.alternatives.map((alternative) => alternative.type);
    case 'object':
      return [
        ...(type.base === undefined ? [] : [type.base]),
        ...Array.from(type.members.values(), (member) => member.type),
        ...Array.from(type.branches.values(), (branch) => branch.type),
      ];
  }
}

/** The types that all branches of a union have, besides what the tag says by itself. */
function commonParts({ base, members, tag }: ObjectType): QapiType[] {
  const others = [...members.values()].filter((member) => member.name !== tag?.name).map((member) => member.type);
  return base === undefined ? others : [base, ...others];
}
