import type { NamedType, QapiModel } from '../model/qapi-model.ts';
import { reservedNames } from './reserved-names.ts';
import type { Direction, WireTypes } from './wire-types.ts';

/** What is named that has no name in QEMU: what its name ends with, and what instead where that is taken. */
const ROLES = {
  arguments: { suffix: 'Arguments', insteadOf: 'CommandArguments' },
  data: { suffix: 'Data', insteadOf: 'EventData' },
  base: { suffix: 'Base', insteadOf: 'Common' },
  branch: { suffix: '', insteadOf: 'Branch' },
  rest: { suffix: 'Other', insteadOf: 'OtherBranch' },
} as const;

/**
 * The names of what is generated. QEMU's types keep theirs, with `Qapi` before it where TypeScript or the generator uses
 * the name itself, and with `Base` after it where a branch has it. Where a type is not the same both ways, its name is
 * that of what is sent, and with `Output` after it that of what is received.
 */
export class TypeNames {
  readonly #types = new Map<NamedType, { readonly [D in Direction]: string }>();
  readonly #derived = new Map<string, string>();
  readonly #taken: Set<string>;

  /** @param own names that the generator uses itself. */
  constructor(model: QapiModel, types: WireTypes, own: readonly string[]) {
    this.#taken = new Set([...reservedNames, ...own]);
    const onWire = [...model.types.values()].filter((type) => types.directionsOf(type).size > 0);
    const reserved = new Set(this.#taken);
    const claims = onWire.map((type) => {
      const name = type.name ?? '';
      if (reserved.has(name)) return { type, wish: `Qapi${name}`, rank: 1 };
      return lendsName(type, types) ? { type, wish: `${name}Base`, rank: 2 } : { type, wish: name, rank: 0 };
    });
    const claimed = claims
      .sort((one, other) => one.rank - other.rank)
      .map(({ type, wish }) => ({ type, sent: this.#claim(wish) }));
    for (const { type, sent } of claimed) {
      this.#types.set(type, { sent, received: types.isSplit(type) ? this.#claim(`${sent}Output`) : sent });
    }
  }

  /** What a type that goes that way is called. */
  of(type: NamedType, direction: Direction): string {
    const names = this.#types.get(type);
    if (names === undefined) throw new RangeError(`The type ${String(type.name)} is not on the wire`);
    return names[direction];
  }

  /** A name for what has none in QEMU, made of words of the schema; the same for the same words. */
  derive(role: keyof typeof ROLES, words: readonly string[], isOutput = false): string {
    const key = [role, isOutput, ...words].join(' ');
    const known = this.#derived.get(key);
    if (known !== undefined) return known;
    const { suffix, insteadOf } = ROLES[role];
    const output = isOutput ? 'Output' : '';
    const stem = words.map(pascalCase).join('');
    const name = this.#claim(`${stem}${suffix}${output}`, `${stem}${insteadOf}${output}`);
    this.#derived.set(key, name);
    return name;
  }

  /** The name, or the other one if it is taken, and if that is taken too, with a number. */
  #claim(name: string, other = name): string {
    let claimed = this.#taken.has(name) ? other : name;
    for (let number = 2; this.#taken.has(claimed); number += 1) claimed = `${other}${number}`;
    this.#taken.add(claimed);
    return claimed;
  }
}

/**
 * Whether a struct describes several branches of one union, and is called as one of them would be: then the name is that of
 * the branch, for nothing else needs the struct by itself.
 */
function lendsName(type: NamedType, types: WireTypes): boolean {
  if (type.kind !== 'object' || types.isSoleBranch(type)) return false;
  const union = types.unionOf(type);
  const branches = union === undefined ? [] : [...union.branches.values()];
  return branches.some((branch) => branch.type === type && `${union?.name}${pascalCase(branch.value)}` === type.name);
}

/** `block_resize`, `null-co` and `BLOCK_JOB_READY` as words of a type's name: `BlockResize`, `NullCo`, `BlockJobReady`. */
function pascalCase(name: string): string {
  return name
    .split(/[-_.]/)
    .map((word) => `${word.charAt(0).toUpperCase()}${/[a-z]/.test(word) ? word.slice(1) : word.slice(1).toLowerCase()}`)
    .join('');
}
