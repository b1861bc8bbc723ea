import { genericError } from '../errors.ts';
import type { Handlers } from '../handlers.ts';
import type { IncomingMigration } from './incoming.ts';
import { checkAddress } from './migration-address.ts';
import type { MigrationCapabilities } from './migration-capabilities.ts';
import type { MigrationParameters } from './migration-parameters.ts';
import type { Migration } from './migration.ts';

/** The parts that migration is made of. */
export interface MigrationParts {
  readonly migration: Migration;
  readonly incoming: IncomingMigration;
  readonly capabilities: MigrationCapabilities;
  readonly parameters: MigrationParameters;
}

/** Moving the machine to another QEMU, and taking one in. */
export function migrationCommands({ migration, incoming, capabilities, parameters }: MigrationParts): Handlers {
  return {
    migrate(args) {
      checkAddress(args);
      migration.start();
    },
    'migrate-incoming'(args) {
      checkAddress(args);
      incoming.listen(args.uri);
    },
    migrate_cancel: () => migration.cancel(),
    'migrate-continue': ({ state }) => migration.continue(state),
    'query-migrate': () => incoming.info ?? migration.info,
    'query-migrate-capabilities': () => capabilities.all,
    'migrate-set-capabilities'({ capabilities: changes }) {
      migration.checkIdle();
      capabilities.set(changes);
    },
    'query-migrate-parameters': () => parameters.all,
    'migrate-set-parameters'(changes) {
      parameters.set(changes);
      migration.setSpeed();
    },
    'migrate-pause'() {
      throw genericError('migrate-pause is currently only supported during postcopy-active or postcopy-recover state');
    },
    'migrate-recover'() {
      throw genericError('Migrate recover can only be run when postcopy is paused.');
    },
    'migrate-start-postcopy'() {
      throw genericError('Enable postcopy with migrate_set_capability before the start of migration');
    },
    'announce-self': () => undefined,
  };
}
