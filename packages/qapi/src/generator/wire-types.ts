import type { NamedType, QapiModel } from '../model/qapi-model.ts';
import type { Branch, ObjectType, QapiType } from '../model/qapi-type.ts';

/** Which way a value goes: arguments are sent; replies and the data of events are received. */
export type Direction = 'sent' | 'received';

/** An object type that has a name. */
export type NamedObject = ObjectType & { readonly name: string };

/** A branch, as one of a union. */
export interface BranchUse {
  readonly union: NamedObject;
  readonly branch: Branch;
}

/** Which types are on the wire, which way they go there, and what else refers to them. */
export class WireTypes {
  readonly #directions = new Map<NamedType, Set<Direction>>();
  /** What refers to an object: a branch, or something else. */
  readonly #uses = new Map<ObjectType, (BranchUse | undefined)[]>();
  readonly #variable = new Map<QapiType, boolean>();

  constructor(model: QapiModel) {
    for (const { arguments: args, returns } of model.commands.values()) {
      if (args !== undefined) this.#use(args, 'sent');
      if (returns !== undefined) this.#use(returns, 'received');
    }
    for (const { data } of model.events.values()) {
      if (data !== undefined) this.#use(data, 'received');
    }
    for (const type of this.#directions.keys()) this.#countUses(type);
    for (const { arguments: args, returns } of model.commands.values()) this.#countValues([args, returns]);
    for (const { data } of model.events.values()) this.#countValues([data]);
  }

  isOnWire(type: NamedType): boolean {
    return this.#directions.has(type);
  }

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
    const union = type.kind === 'object' ? this.soleBranch(type)?.union : undefined;
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

  /** The branch that a struct describes, if it is there for nothing else. */
  soleBranch(type: ObjectType): BranchUse | undefined {
    const [use, ...others] = this.#uses.get(type) ?? [];
    return others.length === 0 && type.tag === undefined ? use : undefined;
  }

  /** Notes that a value of the type goes that way, and with it all that it consists of. */
  #use(type: QapiType, direction: Direction): void {
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

  #countUses(type: NamedType): void {
    if (type.kind === 'alternate') this.#countValues(type.alternatives.map((alternative) => alternative.type));
    if (type.kind !== 'object') return;
    const inherited = type.base?.members;
    if (type.base !== undefined) this.#countUse(type.base, undefined);
    for (const member of type.members.values()) {
      if (inherited?.has(member.name) !== true) this.#countValues([member.type]);
    }
    // A named type is an object of the model, and those have names.
    for (const branch of type.branches.values()) {
      this.#countUse(branch.type, { union: type as NamedObject, branch });
    }
  }

  #countValues(types: readonly (QapiType | undefined)[]): void {
    for (let type of types) {
      while (type?.kind === 'array') type = type.element;
      if (type?.kind !== 'object') continue;
      if (type.name === undefined) this.#countValues(Array.from(type.members.values(), (member) => member.type));
      else this.#countUse(type, undefined);
    }
  }

  #countUse(type: ObjectType, use: BranchUse | undefined): void {
    this.#uses.set(type, [...(this.#uses.get(type) ?? []), use]);
  }

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
