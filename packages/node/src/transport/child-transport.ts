import type { ChildProcess } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';

import type { Transport } from '@qmp/protocol';
import { ChunkStream } from '@qmp/protocol/stream';

import { cutOff } from './cut-off.ts';
import { StreamWriter } from './stream-writer.ts';

const LAST_WORDS_MS = 100;

/**
 * A transport over the stdin and stdout of a child process, such as `qemu-system-x86_64 -qmp stdio`. Make it in the
 * same turn in which the child was spawned, so that a child which could not be started is heard of: the reader gets the
 * error.
 *
 * The process stays its owner's: closing or aborting the link ends the two pipes, but neither waits for the child nor
 * kills it (QEMU goes on when its stdin ends). Its stderr is not touched: let it be inherited or ignored, or read it.
 *
 * @throws TypeError when the child's stdin and stdout are not both open pipes.
 */
export function childTransport(child: ChildProcess): Transport {
  const { stdin, stdout } = child;
  // Bun destroys the pipes of a child that it could not start: its error says more.
  const areClosed = child.pid !== undefined && (stdin?.destroyed === true || stdout?.destroyed === true);
  if (stdin === null || stdout === null || areClosed) {
    throw new TypeError("Cannot use the child process: expected open pipes, spawn it with stdio: ['pipe', 'pipe', …]");
  }
  return new ChildTransport(child, stdin, stdout);
}

class ChildTransport implements Transport {
  readonly description: string;
  readonly readable: ChunkStream;
  readonly #stdout: Readable;
  readonly #writer: StreamWriter;

  constructor(child: ChildProcess, stdin: Writable, stdout: Readable) {
    const readable = new ChunkStream(stdout);
    stdout.on('data', (chunk: Uint8Array) => readable.push(chunk));
    stdout.on('end', () => readable.end());
    stdout.on('error', (error) => readable.fail(error));
    stdout.on('close', () => readable.fail(cutOff()));
    // A child that dies breaks its stdin first: its last words and their end may come before that counts.
    stdin.on('error', (error) => setTimeout(() => readable.fail(error), LAST_WORDS_MS).unref());
    if (child.pid === undefined) child.once('error', (error) => readable.fail(error));
    this.description = `stdio of ${child.spawnfile} (${child.pid === undefined ? 'not running' : `pid ${child.pid}`})`;
    this.readable = readable;
    this.#stdout = stdout;
    this.#writer = new StreamWriter(stdin);
    stdout.resume();
  }

  write(chunk: Uint8Array): void | Promise<void> {
    return this.#writer.write(chunk);
  }

  writeText(text: string): void | Promise<void> {
    return this.#writer.write(text);
  }

  async close(): Promise<void> {
    await this.#writer.end();
    this.readable.end();
    this.#stdout.destroy();
  }

  abort(reason?: unknown): void {
    const error = cutOff(reason);
    this.#writer.abort(error);
    this.#stdout.destroy(error);
  }
}
