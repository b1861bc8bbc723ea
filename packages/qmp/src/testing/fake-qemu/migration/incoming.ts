import type { MigrationInfo } from '../../../schema/types/qemu-11.1.gen.ts';
import { genericError } from '../errors.ts';
import type { Emit } from '../handlers.ts';
import type { RunState } from '../run-state/run-state.ts';
import { socketAddresses } from './migration-address.ts';
import type { MigrationCapabilities } from './migration-capabilities.ts';

/** The migration of another machine to this one. */
export class IncomingMigration {
  readonly #runState: RunState;
  readonly #capabilities: MigrationCapabilities;
  readonly #emit: Emit;
  #status: 'none' | 'setup' | 'active' | 'completed' = 'none';
  #uri: string | undefined;

  constructor(runState: RunState, capabilities: MigrationCapabilities, emit: Emit) {
    this.#runState = runState;
    this.#capabilities = capabilities;
    this.#emit = emit;
  }

  /** What there is to tell of it; undefined where there is nothing. */
  get info(): MigrationInfo | undefined {
    if (this.#status === 'none') return undefined;
    const addresses = this.#status === 'setup' ? socketAddresses(this.#uri) : [];
    return { status: this.#status, ...(addresses.length === 0 ? {} : { 'socket-address': addresses }) };
  }

  /** @throws CommandError unless this machine awaits one, and does not listen yet. */
  listen(uri: string | undefined): void {
    if (!this.#runState.awaitsMigration) throw genericError("'-incoming' was not specified on the command line");
    if (this.#status !== 'none') throw genericError('The incoming migration has already been started');
    this.#uri = uri;
    this.#become('setup');
  }

  /**
   * The other machine comes.
   *
   * @throws CommandError unless this one listens.
   */
  arrive(): void {
    if (this.#status !== 'setup')
      throw genericError('This machine does not wait for a migration: migrate-incoming starts it');
    this.#become('active');
    this.#runState.arrive();
    this.#become('completed');
  }

  #become(status: 'setup' | 'active' | 'completed'): void {
    this.#status = status;
    if (this.#capabilities.has('events')) this.#emit('MIGRATION', { status });
  }
}
