import { SchemaError } from '../model/schema-error.ts';

/** An object of a reply whose fields are read with their types; what is not as it should be is named with its place. */
export class EntryFields {
  readonly #fields: Readonly<Record<string, unknown>> = {};
  readonly #whole: EntryFields | undefined;
  readonly #step: string;
  readonly #index: number;

  /**
   * @param step the list that it is in, at `index`.
   * @param whole what has that list among its fields.
   * @throws SchemaError for what is no object.
   */
  constructor(value: unknown, step: string, index: number, whole?: EntryFields) {
    this.#whole = whole;
    this.#step = step;
    this.#index = index;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new SchemaError(`${this.place} is ${describe(value)}; expected an object`);
    }
    this.#fields = value as Readonly<Record<string, unknown>>;
  }

  /** Where it is: `entry 7 "blockdev-add", members[2]`. Put together for those only who complain. */
  get place(): string {
    if (this.#whole !== undefined) return `${this.#whole.place}, ${this.#step}[${this.#index}]`;
    const name = this.#fields['name'];
    return `${this.#step} ${this.#index}${typeof name === 'string' ? ` ${JSON.stringify(name)}` : ''}`;
  }

  has(field: string): boolean {
    return this.#fields[field] !== undefined;
  }

  string(field: string): string {
    const value = this.#fields[field];
    return typeof value === 'string' ? value : this.#fail(field, value, 'a string');
  }

  /** False where it is left out. */
  flag(field: string): boolean {
    const value = this.#fields[field] ?? false;
    return typeof value === 'boolean' ? value : this.#fail(field, value, 'a boolean');
  }

  objects(field: string): EntryFields[] {
    return Array.from(this.#list(field), (item, index) => new EntryFields(item, field, index, this));
  }

  strings(field: string): string[] {
    return Array.from(this.#list(field), (item, index) =>
      typeof item === 'string' ? item : this.#fail(`${field}[${index}]`, item, 'a string'),
    );
  }

  #list(field: string): readonly unknown[] {
    const value = this.#fields[field];
    return Array.isArray(value) ? value : this.#fail(field, value, 'an array');
  }

  #fail(field: string, value: unknown, expected: string): never {
    const found = value === undefined ? 'is missing' : `is ${describe(value)}`;
    throw new SchemaError(`${this.place}: ${field} ${found}; expected ${expected}`);
  }
}

function describe(value: unknown): string {
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object' && value !== null) return 'an object';
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}
