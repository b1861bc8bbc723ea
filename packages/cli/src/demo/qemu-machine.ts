import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

import { describeSystemError } from '../terminal/describe-system-error.ts';
import { emulatesPc } from './find-qemu.ts';
import type { Machine } from './machine.ts';

/** The path of a UNIX socket has room for about a hundred characters, and some need most of it for the temp folder. */
const LONGEST_TEMP_FOLDER = 60;
const LONGEST_COMPLAINT = 4_000;
/** What each signal is given to take effect. */
const PATIENCE_MS = 2_000;

type QemuProcess = ChildProcessByStdio<null, null, Readable>;

/** A real QEMU without disks and network, in a folder of its own: small, quick to start, with a firmware that draws. */
export class QemuMachine implements Machine {
  readonly address: string;
  readonly startedBy: string;
  readonly screenFile: string | undefined;
  readonly #folder: string;
  readonly #process: QemuProcess;
  readonly #gone = new AbortController();
  readonly #killAtExit = (): void => {
    this.#process.kill('SIGKILL');
  };
  #complaints = '';

  private constructor(folder: string, program: string) {
    const socket = join(folder, 'qmp.sock');
    const words = commandWords(program, socket);
    this.address = `unix:${socket}`;
    this.startedBy = `$ ${[program, ...words].join(' ')}`;
    this.screenFile = emulatesPc(program) ? join(folder, 'screen.ppm') : undefined;
    this.#folder = folder;
    this.#process = spawn(program, words, { stdio: ['ignore', 'ignore', 'pipe'] });
    // Unlike 'exit', 'close' comes after the last words on stderr.
    this.#process.once('close', (code, signal) => this.#gone.abort(new Error(describeEnd(code, signal))));
    this.#process.once('error', (error) =>
      this.#gone.abort(new Error(`Cannot start ${program}: ${describeSystemError(error)}`)),
    );
    this.#process.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#complaints = (this.#complaints + text).slice(-LONGEST_COMPLAINT);
    });
    process.once('exit', this.#killAtExit);
  }

  /** Starts it; whether it runs well shows when it is connected to. */
  static async start(program: string): Promise<QemuMachine> {
    const parent = tmpdir().length > LONGEST_TEMP_FOLDER ? '/tmp' : tmpdir();
    const folder = await mkdtemp(join(parent, 'qmp-demo-'));
    return new QemuMachine(folder, program);
  }

  get gone(): AbortSignal {
    return this.#gone.signal;
  }

  get complaints(): string {
    return this.#complaints.trim();
  }

  async stop(): Promise<void> {
    for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
      if (this.gone.aborted) break;
      this.#process.kill(signal);
      await once(this.#process, 'close', { signal: AbortSignal.timeout(PATIENCE_MS) }).catch(() => undefined);
    }
    process.off('exit', this.#killAtExit);
    await rm(this.#folder, { recursive: true, force: true });
  }
}

function commandWords(program: string, socket: string): string[] {
  const machine = emulatesPc(program) ? ['-machine', 'pc', '-m', '32', '-device', 'VGA'] : ['-machine', 'none'];
  // A comma in an option's value is written twice.
  const listener = `unix:${socket.replaceAll(',', ',,')},server=on,wait=off`;
  return ['-name', 'qmp-demo', '-nodefaults', ...machine, '-accel', 'tcg', '-display', 'none', '-qmp', listener];
}

function describeEnd(code: number | null, signal: NodeJS.Signals | null): string {
  return signal === null ? `QEMU ended with exit code ${code}` : `QEMU was killed by ${signal}`;
}
