import type { MemberDefinition, ObjectDefinition } from '../../model/definition.ts';
import { identifierOf } from '../definitions/check-name.ts';
import { errorAt, type Places } from '../place.ts';
import { describeDefinition } from './describe-definition.ts';
import { describeType, type TypeIndex } from './type-index.ts';

/** Objects that extend or hold each other this deep are a mistake. */
const maximumDepth = 50;

/** Objects that inherit this much altogether are one, too; QEMU's have a few thousand. */
const maximumInherited = 1_000_000;

/** What an object can have in it. */
export interface ObjectShape {
  /** What it has whatever its tag says, by the names that QEMU has for it in C. */
  readonly common: ReadonlyMap<string, OwnedMember>;
  /** All that it can have in any of its branches, too. */
  readonly all: ReadonlyMap<string, OwnedMember>;
  /** How many objects stand in each other, through bases and branches. */
  readonly depth: number;
}

/** A member with the type or command that it was written down for. */
export interface OwnedMember {
  readonly member: MemberDefinition;
  readonly owner: string;
}

/** Puts objects together with their bases and branches and sees that everything in them has a name of its own. */
export class ObjectShapes {
  readonly #types: TypeIndex;
  readonly #places: Places;
  readonly #shapes = new Map<ObjectDefinition, ObjectShape>();
  /** Those that are being put together: none of them can be part of itself. */
  readonly #open = new Set<ObjectDefinition>();
  /** How many members objects have from others. */
  #inherited = 0;

  constructor(types: TypeIndex, places: Places) {
    this.#types = types;
    this.#places = places;
  }

  /** @throws SchemaError for a base or a branch that is none, for circles and for names that clash. */
  of(definition: ObjectDefinition): ObjectShape {
    const known = this.#shapes.get(definition);
    if (known !== undefined) return known;
    const subject = describeDefinition(definition);
    if (this.#open.has(definition)) throw errorAt(this.#places.get(definition), `${subject} contains itself`);
    if (this.#open.size === maximumDepth) throw this.#tooDeep(definition);
    this.#open.add(definition);
    const shape = this.#build(definition, subject);
    this.#open.delete(definition);
    this.#shapes.set(definition, shape);
    return shape;
  }

  /** The members that are written down somewhere, on top of others. @throws SchemaError for names that clash. */
  add(
    members: readonly MemberDefinition[],
    owner: string,
    onto?: ReadonlyMap<string, OwnedMember>,
  ): Map<string, OwnedMember> {
    const result = new Map(onto);
    for (const member of members) {
      const identifier = identifierOf(member.name);
      const other = result.get(identifier);
      if (other !== undefined) throw this.#clash({ member, owner }, other, this.#places.get(member));
      result.set(identifier, { member, owner });
    }
    return result;
  }

  #build(definition: ObjectDefinition, subject: string): ObjectShape {
    const { base, members, branches } = definition;
    const baseShape = typeof base === 'string' ? this.#baseShape(definition, base, subject) : undefined;
    this.#countInherited(definition, baseShape?.common.size ?? 0);
    const bottom = typeof base === 'object' ? this.add(base, subject) : baseShape?.common;
    const common = this.add(members, subject, bottom);
    const all = branches === undefined ? common : new Map(common);
    let depth = baseShape?.depth ?? 0;
    for (const branch of branches ?? []) {
      const part = `branch "${branch.value}" of ${subject}`;
      const type = this.#types.find(branch.type, part, this.#places.get(branch));
      if (type.kind !== 'object') {
        throw errorAt(this.#places.get(branch), `${part} is ${describeType(type)}: expected a struct or a union`);
      }
      const shape = this.of(type);
      depth = Math.max(depth, shape.depth);
      this.#countInherited(definition, shape.all.size);
      for (const [identifier, owned] of shape.all) {
        const other = common.get(identifier);
        if (other !== undefined) throw this.#clash(owned, other, this.#places.get(branch));
        all.set(identifier, owned);
      }
    }
    if (depth === maximumDepth) throw this.#tooDeep(definition);
    return { common, all, depth: depth + 1 };
  }

  #baseShape(definition: ObjectDefinition, base: string, subject: string): ObjectShape {
    const place = this.#places.get(definition);
    const type = this.#types.find(base, `the base of ${subject}`, place);
    if (type.kind === 'object' && type.tag === undefined) return this.of(type);
    throw errorAt(place, `the base of ${subject} is ${describeType(type)}: expected a struct`);
  }

  #countInherited(definition: ObjectDefinition, count: number): void {
    this.#inherited += count;
    if (this.#inherited <= maximumInherited) return;
    const message = `at ${describeDefinition(definition)}, more than ${maximumInherited} members are inherited`;
    throw errorAt(this.#places.get(definition), message);
  }

  #tooDeep(definition: ObjectDefinition): Error {
    const subject = describeDefinition(definition);
    return errorAt(
      this.#places.get(definition),
      `${subject} has bases and branches deeper than ${maximumDepth} levels`,
    );
  }

  #clash({ member, owner }: OwnedMember, other: OwnedMember, place: ReturnType<Places['get']>): Error {
    return errorAt(place, `member "${member.name}" of ${owner} clashes with "${other.member.name}" of ${other.owner}`);
  }
}
