import { SchemaError } from '../model/schema-error.ts';

/** An object of a reply whose fields are read with their types; what is not as it should be is named with its place. */
export class EntryFields {
  /** Its place: `entry 7 "blockdev-add", members[2]`. */
  readonly place: string;
  readonly #fields: Readonly<Record<string, unknown>>;

  /** @throws SchemaError for what is no object. */
  constructor(value: unknown, place: string) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new SchemaError(`${place} is ${describe(value)}; expected an object`);
    }
    this.place = place;
    this.#fields = value as Readonly<Record<string, unknown>>;
  }

  /** The same fields, in another place: once its name is known. */
  at(place: string): EntryFields {
    return new EntryFields(this.#fields, place);
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
    return Array.from(this.#list(field), (item, index) => new EntryFields(item, `${this.place}, ${field}[${index}]`));
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
