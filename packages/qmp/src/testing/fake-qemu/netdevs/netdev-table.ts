import type { Netdev } from '../../../schema/types/qemu-11.1.gen.ts';
import { deviceNotFound, genericError } from '../errors.ts';
import { isIdentifier } from '../identifier.ts';

/** A network backend. */
export interface NetworkBackend {
  readonly id: string;
  readonly type: string;
  /** The network card that uses it. */
  user?: string | undefined;
}

/** The network backends, by id. */
export class NetdevTable {
  readonly #netdevs = new Map<string, NetworkBackend>();

  get(id: string): NetworkBackend | undefined {
    return this.#netdevs.get(id);
  }

  /** @throws CommandError for an id that is none, or is taken. */
  add({ id, type }: Netdev): void {
    if (!isIdentifier(id)) throw genericError("Parameter 'id' expects an identifier");
    if (this.#netdevs.has(id)) throw genericError(`Duplicate ID '${id}'`);
    this.#netdevs.set(id, { id, type });
  }

  /** @throws CommandError if there is no such backend. */
  delete(id: string): void {
    if (!this.#netdevs.delete(id)) throw deviceNotFound(id);
  }
}
