import type { NamedType, QapiModel } from '../model/qapi-model.ts';
import { RESERVED_NAMES } from './reserved-names.ts';
import type { Direction, WireTypes } from './wire-types.ts';

/**
 * The names of what is generated. QEMU's types keep theirs; with `Qapi` before them where TypeScript or this generator
 * uses the name itself. A type that is not the same both ways is what is sent, and `…Output` what is received.
 */
export class TypeNames {
  readonly #types = new Map<NamedType, { readonly [D in Direction]: string }>();
  readonly #derived = new Map<string, string>();
  readonly #taken: Set<string>;

  /** @param own names that the generator uses itself. */
  constructor(model: QapiModel, types: WireTypes, own: readonly string[]) {
    this.#taken = new Set([...RESERVED_NAMES, ...own]);
    const onWire = [...model.types.values()].filter((type) => types.directionsOf(type).size > 0);
    const names = onWire.map((type) => this.#claim(type.name ?? '', 'Qapi'));
    for (const [index, type] of onWire.entries()) {
      const sent = names[index] ?? '';
      this.#types.set(type, { sent, received: types.isSplit(type) ? this.#claim(`${sent}Output`) : sent });
    }
  }

  /** What a type is called that goes that way. */
  of(type: NamedType, direction: Direction): string {
    const names = this.#types.get(type);
    if (names === undefined) throw new Error(`The type ${String(type.name)} is not on the wire`);
    return names[direction];
  }

  /** A name for what has none in QEMU, made of these words as they stand in the schema; the same for the same words. */
  derive(...words: readonly string[]): string {
    const key = words.join(' ');
    const known = this.#derived.get(key);
    if (known !== undefined) return known;
    const name = this.#claim(words.map(pascalCase).join(''));
    this.#derived.set(key, name);
    return name;
  }

  /** The name, or one like it if it is taken. */
  #claim(name: string, prefix = ''): string {
    let claimed = this.#taken.has(name) ? `${prefix}${name}` : name;
    for (let number = 2; this.#taken.has(claimed); number += 1) claimed = `${prefix}${name}${number}`;
    this.#taken.add(claimed);
    return claimed;
  }
}

/** `block_resize`, `null-co` and `BLOCK_JOB_READY` as words of a type's name: `BlockResize`, `NullCo`, `BlockJobReady`. */
function pascalCase(name: string): string {
  return name
    .split(/[-_.]/)
    .map((word) => `${word.charAt(0).toUpperCase()}${/[a-z]/.test(word) ? word.slice(1) : word.slice(1).toLowerCase()}`)
    .join('');
}
