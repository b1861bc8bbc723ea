import { type ChildProcess, spawn, type StdioOptions } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { expect, onTestFailed, onTestFinished } from 'vitest';

/** A program in a process of its own, gone at the end of the test whatever comes of it. */
export class TestProcess {
  readonly child: ChildProcess;
  readonly #gone = new AbortController();
  #complaints = '';

  /** @param stdio of the child; its stderr is always read here. */
  constructor(program: string, args: readonly string[], stdio: StdioOptions = ['ignore', 'ignore', 'pipe']) {
    const child = spawn(program, args, { stdio });
    const kill = (): void => void child.kill('SIGKILL');
    child.once('error', (error) => this.#gone.abort(error));
    // Unlike 'exit', 'close' comes after the last words on stderr.
    child.once('close', (code, signal) => {
      process.off('exit', kill);
      const how = signal === null ? `ended with exit code ${code}` : `was killed by ${signal}`;
      this.#gone.abort(new Error(`${program} ${how}${this.#complaints === '' ? '' : `: ${this.#complaints.trim()}`}`));
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#complaints += text;
    });
    this.child = child;
    process.once('exit', kill);
    onTestFinished(async () => {
      kill();
      await this.ended();
    });
    onTestFailed(() => {
      if (this.#complaints !== '') process.stderr.write(`${program} ${args.join(' ')}\n${this.#complaints}\n`);
    });
  }

  /** Aborts when the process is gone; the reason says how it ended and what it complained about. */
  get gone(): AbortSignal {
    return this.#gone.signal;
  }

  /** What it has written on stderr so far. */
  get complaints(): string {
    return this.#complaints;
  }

  signal(signal: NodeJS.Signals): void {
    // Deno takes every kill() of a child for its end, and closes its pipes.
    process.kill(Number(this.child.pid), signal);
  }

  /** Stops it with SIGSTOP; resolves once not one of its threads runs any more. */
  async stop(): Promise<void> {
    this.signal('SIGSTOP');
    await expect.poll(() => this.#threadStates()).toEqual(['T']);
  }

  /** Resolves when the process is gone. */
  ended(): Promise<void> {
    if (this.gone.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      this.gone.addEventListener('abort', () => resolve(), { once: true });
    });
  }

  /** The different states of its threads, as Linux names them. */
  #threadStates(): string[] {
    const tasks = `/proc/${this.child.pid}/task`;
    const states = readdirSync(tasks).map((thread) => readFileSync(join(tasks, thread, 'stat'), 'utf8'));
    return [...new Set(states.map((stat) => stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3)))];
  }
}

/** A fresh folder whose path is short enough for sockets; it goes away with the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'qmp-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
