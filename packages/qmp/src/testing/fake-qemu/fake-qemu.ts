import type { Address, CallOptions, Transport } from '@qmp/protocol';
import { Deferred } from '@qmp/protocol/wait';
import { transportPair } from '@qmp/protocol/testing';
import type { QapiModel } from '@qmp/qapi';
import { platformFiles } from '#host-files';

import type { CommandName, EventName } from '../../schema/qapi-schema.ts';
import { loadModel } from '../../schema/qemu-11.1.ts';
import type { GuestPanicInformation, Qemu, RunState, ShutdownCause } from '../../schema/types/qemu-11.1.gen.ts';
import type { CommandHandlers } from '../../server/command-handler.ts';
import type { EventParameters } from '../../server/options.ts';
import { QmpServer } from '../../server/qmp-server.ts';
import type { ServerClient } from '../../server/server-client.ts';
import type { FakeDisks } from './block/disks.ts';
import { type FakeClock, VirtualClock } from './clock/virtual-clock.ts';
import { commandTable } from './command-table.ts';
import { genericError } from './errors.ts';
import type { FakeQemuOptions } from './fake-qemu-options.ts';
import { Guest } from './guest/guest.ts';
import type { JobFaults } from './jobs/job-table.ts';
import { Machine } from './machine/machine.ts';
import { MigrationPeer } from './migration/migration-peer.ts';
import type { Screen } from './screen/screen.ts';
import { FAKE_VERSION } from './version.ts';

const DISK_BYTES_PER_SECOND = 200 * 2 ** 20;

/** Why a fake QEMU has ended: QEMU's reasons, or a test's. */
export type EndReason = ShutdownCause | 'crash' | 'closed';

/**
 * A double of QEMU for tests: it speaks QMP, keeps state, and takes no time. Whatever is asked of it that is not played is
 * refused with a sentence that says so, and can be given a handler.
 *
 * ```ts
 * await using qemu = await FakeQemu.start();
 * const vm = await QmpClient.connect(qemu.transport());
 * await vm.execute('stop');
 * ```
 */
export class FakeQemu implements AsyncDisposable {
  /** Its time: what takes an hour happens in a moment. */
  readonly clock: FakeClock;
  /** What its guest does, and how it reacts. */
  readonly guest: Guest;
  /** What it finds when it opens a disk. */
  readonly disks: FakeDisks;
  /** Makes its jobs fail. */
  readonly jobs: JobFaults;
  /** The other side of its migration. */
  readonly migration: MigrationPeer;
  /** What `screendump` shows. */
  readonly screen: Screen;
  readonly #end = new Deferred<EndReason>();
  readonly #clock: VirtualClock;
  readonly #machine: Machine;
  readonly #server: QmpServer;

  private constructor(options: FakeQemuOptions, model: QapiModel) {
    const { clock: pace = 'automatic', guest: habits = {}, files = platformFiles, logger, clients, disks } = options;
    const { diskBytesPerSecond = DISK_BYTES_PER_SECOND, actions } = options;
    const clock = new VirtualClock(pace);
    const emit: FakeQemu['emit'] = (event, ...data) => this.emit(event, ...data);
    const onEnd = (reason: ShutdownCause): void => clock.soon(() => void this.#finish(reason));
    const machine = new Machine({ options, habits, disks, clock, emit, onEnd });
    if (actions !== undefined) machine.power.setActions(actions);
    this.clock = clock;
    this.#clock = clock;
    this.guest = new Guest(machine);
    this.disks = machine.disks;
    this.jobs = machine.jobs;
    this.migration = new MigrationPeer(machine.migration, machine.incoming);
    this.screen = machine.screen;
    this.#machine = machine;
    this.#server = new QmpServer({
      name: 'FakeQemu',
      version: FAKE_VERSION,
      model,
      handlers: commandTable(machine, { options, clock, files, emit, diskBytesPerSecond }),
      fallback: (_args, { command }) => {
        throw genericError(`FakeQemu does not play ${command}; give it a handler: qemu.handle('${command}', ...)`);
      },
      clients,
      clock,
      limitEventRates: true,
      logger,
    });
  }

  /**
   * Starts one.
   *
   * @throws CommandError for disks and devices that QEMU would not start with; what `listen()` throws.
   */
  static async start(options: FakeQemuOptions = {}): Promise<FakeQemu> {
    const qemu = new FakeQemu(options, await loadModel());
    try {
      if (options.listen !== undefined) await qemu.listen(options.listen);
      return qemu;
    } catch (error) {
      await qemu.close();
      throw error;
    }
  }

  /** Who is connected. */
  get clients(): ReadonlySet<ServerClient> {
    return this.#server.clients;
  }

  /** How it has ended. Never rejects. */
  get ended(): Promise<EndReason> {
    return this.#end.promise;
  }

  /** Whether its guest runs, and if not, why. */
  get status(): RunState {
    return this.#machine.runState.status;
  }

  /**
   * One end of a new link to it, in memory: for `QmpClient.connect`.
   *
   * @throws DisconnectedError once it has ended.
   */
  transport(): Transport {
    const [near, far] = transportPair();
    this.#server.serve(far);
    return near;
  }

  /**
   * Listens for clients, at as many addresses as it is called for. Resolves with where it really listens: with the port in
   * the place of the 0 in `127.0.0.1:0`.
   *
   * @throws AddressError for an address that cannot be read; DisconnectedError once it has ended; TimeoutError;
   *   `signal.reason`; the platform's error when nobody can listen there.
   */
  listen(at: Address, options?: CallOptions): Promise<string> {
    return this.#server.listen(at, options);
  }

  /** Gives a command another handler, until what is returned is disposed of; `CommandError` is what QEMU refuses with. */
  handle<const N extends CommandName<Qemu>>(command: N, handler: NonNullable<CommandHandlers<Qemu>[N]>): Disposable {
    return this.#server.handle(command, handler);
  }

  /** Sends an event to all clients, whatever has happened. */
  emit<const N extends EventName<Qemu>>(event: N, ...data: EventParameters<Qemu['events'][N]>): void {
    this.#server.emit(event, ...data);
  }

  /** Its guest panics. */
  panic(info?: GuestPanicInformation): void {
    this.guest.panic(info);
  }

  /** It gets a SIGTERM: it says so, and goes. */
  terminate(): void {
    this.#machine.power.terminate();
  }

  /** It dies, without a word: to clients, the connection just ends. */
  crash(): void {
    this.#clock.stop();
    for (const client of this.#server.clients) client.abort();
    void this.#finish('crash');
  }

  /** Hangs up on all clients, and stops listening; nothing is told. */
  async close(): Promise<void> {
    await this.#finish('closed');
  }

  /** {@link close}. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #finish(reason: EndReason): Promise<void> {
    this.#clock.stop();
    await this.#server.close();
    this.#end.resolve(reason);
  }
}
