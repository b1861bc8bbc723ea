import type { JsonObject } from '@qmp/protocol/codecs';

import type { ObjectOptions } from '../../../schema/types/qemu-11.1.gen.ts';
import { genericError } from '../errors.ts';
import { isIdentifier } from '../identifier.ts';

/** An object as `object-add` has made it. */
export interface UserObject {
  readonly id: string;
  readonly type: string;
  /** As they were given, and as they were changed. */
  readonly properties: Map<string, JsonObject[string]>;
  /** The device that uses it, where only one may. */
  user?: string | undefined;
}

/** What is not said of objects of those types. */
const DEFAULTS: Readonly<Record<string, JsonObject>> = {
  iothread: { 'poll-max-ns': 32_768, 'poll-grow': 2, 'poll-shrink': 2, 'poll-weight': 3, 'aio-max-batch': 0 },
};

/** The objects that users make: backends, secrets, threads. */
export class ObjectTable {
  readonly #objects = new Map<string, UserObject>();

  /** @param memoryBytes what the machine begins with; it is an object, too. */
  constructor(memoryBytes: number) {
    const properties = new Map([['size', memoryBytes]]);
    this.#objects.set('pc.ram', { id: 'pc.ram', type: 'memory-backend-ram', properties, user: '/machine' });
  }

  get all(): readonly UserObject[] {
    return [...this.#objects.values()];
  }

  get(id: string): UserObject | undefined {
    return this.#objects.get(id);
  }

  /** @throws CommandError for an id that is none, or is taken, and for options that do not do. */
  add(options: ObjectOptions): void {
    const { 'qom-type': type, id, ...properties } = options as JsonObject & { 'qom-type': string; id: string };
    if (!isIdentifier(id)) throw genericError("Parameter 'id' expects an identifier");
    if (this.#objects.has(id)) {
      throw genericError(`attempt to add duplicate property '${id}' to object (type 'container')`);
    }
    if (type === 'secret' && properties['data'] === undefined && properties['file'] === undefined) {
      throw genericError("Either 'file' or 'data' must be provided");
    }
    const all = { ...DEFAULTS[type], ...properties };
    this.#objects.set(id, { id, type, properties: new Map(Object.entries(all)) });
  }

  /** @throws CommandError if there is no such object, or it is in use. */
  delete(id: string): void {
    const object = this.#objects.get(id);
    if (object === undefined) throw genericError(`object '${id}' not found`);
    if (object.user !== undefined) throw genericError(`Cannot delete host memory backend '${id}' which is mapped`);
    this.#objects.delete(id);
  }
}
