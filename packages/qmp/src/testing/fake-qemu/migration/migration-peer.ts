import type { IncomingMigration } from './incoming.ts';
import type { Migration } from './migration.ts';

/** The other side of a migration, as a test wants it. */
export class MigrationPeer {
  readonly #migration: Migration;
  readonly #incoming: IncomingMigration;

  constructor(migration: Migration, incoming: IncomingMigration) {
    this.#migration = migration;
    this.#incoming = incoming;
  }

  /**
   * Has the next migration fail, for that reason: before it has begun, or when so much of it is done (0 to 1).
   */
  failNext(error: string, options: { readonly at?: number | undefined } = {}): void {
    this.#migration.failNext(error, options.at);
  }

  /**
   * Another machine comes, to one that waits for it.
   *
   * @throws CommandError unless it does: it has to be started with `isIncoming`, and told `migrate-incoming`.
   */
  arrive(): void {
    this.#incoming.arrive();
  }
}
