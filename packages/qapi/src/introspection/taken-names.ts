/** The names of a schema: types, commands and events share them. */
export class TakenNames {
  readonly #names: Set<string>;
  /** How often a name was asked for that was taken. */
  readonly #counts = new Map<string, number>();

  constructor(names: Iterable<string>) {
    this.#names = new Set(names);
  }

  add(name: string): void {
    this.#names.add(name);
  }

  /** Takes the name, or, where somebody has it, the same with a number: `Options2`. */
  addFree(name: string): string {
    let free = name;
    for (let count = this.#counts.get(name) ?? 2; this.#names.has(free); count += 1) {
      free = `${name}${count}`;
      this.#counts.set(name, count + 1);
    }
    this.#names.add(free);
    return free;
  }
}
