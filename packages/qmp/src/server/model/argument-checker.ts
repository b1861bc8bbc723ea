import type { AlternateType, BuiltinName, EnumType, Member, ObjectType, QapiType } from '@qmp/qapi';

import { isWireObject, WireDouble, type WireObject, type WireValue } from '../codec/wire-value.ts';

/** How QEMU's texts call a value: some tell the way to it, some its name only, which an item of an array has none of. */
interface Place {
  readonly path: string;
  readonly name: string;
}

const NAMELESS = 'null';
const LEAST_INT64 = -(2n ** 63n);
const MOST_INT64 = 2n ** 63n - 1n;
const MOST_UINT64 = 2n ** 64n - 1n;

/** Integers that are less wide than they are read, and what QEMU's texts call them. */
const NARROW: ReadonlyMap<BuiltinName, { readonly name: string; readonly least: number; readonly most: number }> =
  new Map([
    ['int8', { name: 'int8_t', least: -128, most: 127 }],
    ['int16', { name: 'int16_t', least: -32_768, most: 32_767 }],
    ['int32', { name: 'int32_t', least: -2_147_483_648, most: 2_147_483_647 }],
    ['uint8', { name: 'uint8_t', least: 0, most: 255 }],
    ['uint16', { name: 'uint16_t', least: 0, most: 65_535 }],
    ['uint32', { name: 'uint32_t', least: 0, most: 4_294_967_295 }],
  ]);

/** Checks arguments as QEMU does: member by member as the schema lists them, up to the first fault. */
export class ArgumentChecker {
  readonly #mostInt: bigint;

  /** @param hidesWidths whether `int` stands for all integers, as it does in introspection. */
  constructor(hidesWidths: boolean) {
    this.#mostInt = hidesWidths ? MOST_UINT64 : MOST_INT64;
  }

  /** What is wrong with the arguments, in QEMU's words; `undefined` where it takes them. */
  check(args: WireObject, type: ObjectType | undefined): string | undefined {
    const known = new Set<string>();
    const root = { path: '', name: '' };
    return (type && this.#checkMembers(args, type, root, known)) ?? unexpected(args, root, known);
  }

  #check(value: WireValue, type: QapiType, place: Place): string | undefined {
    switch (type.kind) {
      case 'builtin':
        return this.#checkBuiltin(value, type.name, place);
      case 'enum':
        return checkEnum(value, type, place);
      case 'array':
        return this.#checkItems(value, type.element, place);
      case 'object':
        return this.#checkObject(value, type, place);
      case 'alternate':
        return this.#checkAlternate(value, type, place);
    }
  }

  #checkObject(value: WireValue, type: ObjectType, place: Place): string | undefined {
    if (!isWireObject(value)) return wrongType(place.path, 'object');
    const known = new Set<string>();
    return this.#checkMembers(value, type, place, known) ?? unexpected(value, place, known);
  }

  #checkMembers(value: WireObject, type: ObjectType, place: Place, known: Set<string>): string | undefined {
    for (const member of type.members.values()) {
      known.add(member.name);
      const fault = this.#checkMember(value, member, place);
      if (fault !== undefined) return fault;
    }
    const choice = type.tag && value[type.tag.name];
    const branch = typeof choice === 'string' ? type.branches.get(choice) : undefined;
    return branch && this.#checkMembers(value, branch.type, place, known);
  }

  #checkMember(value: WireObject, { name, type, isOptional }: Member, place: Place): string | undefined {
    const path = memberPath(place, name);
    const member = Object.hasOwn(value, name) ? value[name] : undefined;
    if (member !== undefined) return this.#check(member, type, { path, name });
    return isOptional ? undefined : `Parameter '${path}' is missing`;
  }

  #checkItems(value: WireValue, type: QapiType, { path }: Place): string | undefined {
    if (!Array.isArray(value)) return wrongType(path, 'array');
    for (const [index, item] of (value as readonly WireValue[]).entries()) {
      const fault = this.#check(item, type, { path: `${path}[${index}]`, name: NAMELESS });
      if (fault !== undefined) return fault;
    }
    return undefined;
  }

  #checkAlternate(value: WireValue, { name, alternatives }: AlternateType, place: Place): string | undefined {
    const kind = jsonKindOf(value);
    const alternative = alternatives.find(({ type }) => takesKind(type, kind));
    return alternative === undefined ? wrongType(place.name, name) : this.#check(value, alternative.type, place);
  }

  #checkBuiltin(value: WireValue, type: BuiltinName, place: Place): string | undefined {
    switch (type) {
      case 'any':
        return undefined;
      case 'str':
        return typeof value === 'string' ? undefined : wrongType(place.path, 'string');
      case 'bool':
        return typeof value === 'boolean' ? undefined : wrongType(place.path, 'boolean');
      case 'null':
        return value === null ? undefined : wrongType(place.path, 'null');
      case 'number':
        return jsonKindOf(value) === 'number' ? undefined : wrongType(place.path, 'number');
      case 'uint8':
      case 'uint16':
      case 'uint32':
      case 'uint64':
      case 'size':
        // With a sign it is taken, too, as if it had none.
        if (!isInteger(value)) return `Parameter '${place.path}' expects uint64`;
        return checkWidth(value, type, place);
      default:
        if (!isInteger(value) || value > this.#mostInt) return wrongType(place.path, 'integer');
        return checkWidth(value, type, place);
    }
  }
}

function checkWidth(value: number | bigint, type: BuiltinName, { name }: Place): string | undefined {
  const width = NARROW.get(type);
  if (width === undefined || (value >= width.least && value <= width.most)) return undefined;
  return `Parameter '${name}' expects ${width.name}`;
}

function checkEnum(value: WireValue, { values }: EnumType, { path, name }: Place): string | undefined {
  if (typeof value !== 'string') return wrongType(path, 'string');
  return values.has(value) ? undefined : `Parameter '${name}' does not accept value '${value}'`;
}

function unexpected(value: WireObject, place: Place, known: ReadonlySet<string>): string | undefined {
  const name = Object.keys(value).find((each) => !known.has(each));
  return name === undefined ? undefined : `Parameter '${memberPath(place, name)}' is unexpected`;
}

function memberPath({ path }: Place, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

function wrongType(place: string, expected: string): string {
  return `Invalid parameter type for '${place}', expected: ${expected}`;
}

function isInteger(value: WireValue): value is number | bigint {
  return typeof value === 'bigint' ? value >= LEAST_INT64 : typeof value === 'number' && Number.isInteger(value);
}

function jsonKindOf(value: WireValue): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (value instanceof WireDouble || typeof value === 'bigint') return 'number';
  return typeof value;
}

/** Whether values of the type have this kind; QEMU tells the types of an alternate apart by it. */
function takesKind(type: QapiType, kind: string): boolean {
  switch (type.kind) {
    case 'array':
    case 'object':
      return kind === type.kind;
    case 'enum':
      return kind === 'string';
    case 'alternate':
      return false;
    case 'builtin':
      if (type.name === 'str') return kind === 'string';
      if (type.name === 'bool') return kind === 'boolean';
      return type.name === 'null' ? kind === 'null' : kind === 'number';
  }
}
