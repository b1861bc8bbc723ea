import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { FakeQemu } from 'qmp/testing';

import type { Machine } from './machine.ts';

/** A machine that needs no QEMU: a double in this process, on a TCP port of its own, which every platform has. */
export class FakeMachine implements Machine {
  readonly address: string;
  readonly startedBy = '(a double of QEMU inside this program)';
  readonly screenFile: string;
  readonly complaints = '';
  readonly #qemu: FakeQemu;
  readonly #folder: string;
  readonly #gone = new AbortController();

  private constructor(qemu: FakeQemu, address: string, folder: string) {
    this.address = address;
    this.screenFile = join(folder, 'screen.ppm');
    this.#qemu = qemu;
    this.#folder = folder;
    void qemu.ended.then(() => this.#gone.abort(new Error('The double of QEMU has ended')));
  }

  /** Starts it, in the time that a machine would take, which is none that anybody notices. */
  static async start(): Promise<FakeMachine> {
    const qemu = await FakeQemu.start({ name: 'qmp-demo', memoryBytes: 32 * 2 ** 20, clock: 'real' });
    const address = await qemu.listen('127.0.0.1:0');
    return new FakeMachine(qemu, address, await mkdtemp(join(tmpdir(), 'qmp-demo-')));
  }

  get gone(): AbortSignal {
    return this.#gone.signal;
  }

  async stop(): Promise<void> {
    await this.#qemu.close();
    await rm(this.#folder, { recursive: true, force: true });
  }
}
