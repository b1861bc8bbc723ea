import type { MigrationInfo, MigrationStatus } from '../../../schema/types/qemu-11.1.gen.ts';
import type { VirtualClock } from '../clock/virtual-clock.ts';
import { genericError } from '../errors.ts';
import type { Emit } from '../handlers.ts';
import { Progress } from '../jobs/progress.ts';
import type { MemorySlots } from '../memory/memory-slots.ts';
import type { RunState } from '../run-state/run-state.ts';
import type { MigrationCapabilities } from './migration-capabilities.ts';
import type { MigrationParameters } from './migration-parameters.ts';
import { describeCompletion, describeProgress, type MigrationState } from './migration-report.ts';

/** What a migration needs of the machine. */
export interface MigrationHost {
  readonly clock: VirtualClock;
  readonly emit: Emit;
  readonly runState: RunState;
  readonly memory: MemorySlots;
  readonly capabilities: MigrationCapabilities;
  readonly parameters: MigrationParameters;
}

interface Failure {
  readonly error: string;
  readonly at: number | undefined;
}

const UNDER_WAY: readonly MigrationStatus[] = ['setup', 'active', 'pre-switchover', 'device', 'cancelling'];

/** The migration of this machine to another one. */
export class Migration {
  readonly #host: MigrationHost;
  #status: MigrationStatus = 'none';
  #progress: Progress;
  #startMs = 0;
  #elapsedMs = 0;
  #error: string | undefined;
  #failure: Failure | undefined;
  /** The guest ran when it was stopped for the switch to the other side. */
  #hasStopped = false;

  constructor(host: MigrationHost) {
    this.#host = host;
    this.#progress = new Progress(host.clock, host.parameters.bytesPerSecond);
  }

  /** Has the next migration fail, when so much of it is done; `undefined` for before it has begun. */
  failNext(error: string, at: number | undefined): void {
    this.#failure = { error, at };
  }

  /** @throws CommandError if a migration is under way, in the words of a command that cannot be carried out meanwhile. */
  checkIdle(command?: string): void {
    if (!UNDER_WAY.includes(this.#status)) return;
    const isRefused = command === undefined;
    throw genericError(
      isRefused ? "There's a migration process in progress" : `${command} not allowed while migrating`,
    );
  }

  /** @throws CommandError in a state in which this machine cannot be migrated. */
  start(): void {
    const { clock, runState, parameters } = this.#host;
    if (runState.awaitsMigration) throw genericError('Guest is waiting for an incoming migration');
    this.checkIdle();
    if (runState.status === 'postmigrate') {
      throw genericError("Can't migrate the vm that was paused due to previous migration");
    }
    this.#startMs = clock.now();
    this.#hasStopped = false;
    this.#error = undefined;
    this.#progress = new Progress(clock, parameters.bytesPerSecond);
    this.#become('setup');
    clock.soon(() => this.#run());
  }

  /** Stops it, if it is under way. */
  cancel(): void {
    if (!UNDER_WAY.includes(this.#status)) return;
    if (this.#status === 'pre-switchover') this.#error = 'Switchover is interrupted';
    this.#progress.stop();
    this.#become('cancelling');
    this.#host.clock.soon(() => {
      if (this.#hasStopped) this.#host.runState.resume();
      this.#become('cancelled');
    });
  }

  /** @throws CommandError unless it waits in that state. */
  continue(state: MigrationStatus): void {
    if (this.#status !== 'pre-switchover' || state !== this.#status) {
      throw genericError(`Migration not in expected state: ${this.#status}`);
    }
    this.#host.clock.soon(() => this.#complete());
  }

  /** The limit of the speed has changed. */
  setSpeed(): void {
    this.#progress.setSpeed(this.#host.parameters.bytesPerSecond);
  }

  get info(): MigrationInfo {
    const status = this.#status;
    if (status === 'none') return {};
    if (status === 'completed') return describeCompletion(this.#state);
    if (UNDER_WAY.includes(status)) return describeProgress(status, this.#state);
    return this.#error === undefined ? { status } : { status, 'error-desc': this.#error };
  }

  #run(): void {
    if (this.#status !== 'setup') return;
    const failure = this.#failure;
    this.#failure = undefined;
    if (failure !== undefined && failure.at === undefined) return this.#fail(failure.error);
    this.#become('active');
    const { totalBytes } = this;
    if (failure === undefined) this.#progress.runTo(totalBytes, () => this.#switchOver());
    else this.#progress.runTo(totalBytes * (failure.at ?? 0), () => this.#fail(failure.error));
  }

  #switchOver(): void {
    const { runState, capabilities, emit } = this.#host;
    if (capabilities.has('events')) emit('MIGRATION_PASS', { pass: 2 });
    this.#hasStopped = runState.isRunning;
    runState.stop('finish-migrate');
    if (capabilities.has('pause-before-switchover')) this.#become('pre-switchover');
    else this.#complete();
  }

  #complete(): void {
    this.#become('device');
    this.#elapsedMs = this.#host.clock.now() - this.#startMs;
    this.#host.runState.become('postmigrate');
    this.#become('completed');
  }

  #fail(error: string): void {
    this.#error = error;
    this.#become('failing');
    this.#become('failed');
  }

  #become(status: MigrationStatus): void {
    this.#status = status;
    if (this.#host.capabilities.has('events')) this.#host.emit('MIGRATION', { status });
  }

  /** What has to go over: memory, and a little that is not counted as such. */
  get totalBytes(): number {
    return this.#host.memory.baseBytes + this.#host.memory.pluggedBytes + 532_480;
  }

  get #state(): MigrationState {
    const { clock, parameters } = this.#host;
    return {
      totalBytes: this.totalBytes,
      sentBytes: this.#status === 'completed' ? this.totalBytes : this.#progress.doneBytes,
      bytesPerSecond: parameters.bytesPerSecond,
      elapsedMs: this.#status === 'completed' ? this.#elapsedMs : clock.now() - this.#startMs,
      downtimeLimitMs: Number(parameters.all['downtime-limit'] ?? 0),
    };
  }
}
