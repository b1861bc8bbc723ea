import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { pinned } from '../measure/pinned.mjs';

const RUN_SERVER = fileURLToPath(new URL('run-server.mjs', import.meta.url));

/**
 * What a server's process has used since it was started.
 * @typedef {{ readonly cpuSeconds: number, readonly memoryBytes: number }} Usage
 */

/**
 * A server that is measured, in a process and on a processor of its own.
 * @typedef {object} MeasuredServer
 * @property {string} path its UNIX socket
 * @property {() => Promise<Usage>} usage what it has used until now
 * @property {() => Promise<void>} stop ends it
 */

/**
 * @param {'qmp' | 'floor' | 'empty'} kind `empty` is a process that serves nobody
 * @param {import('../rows/row.ts').Runtime} runtime
 * @returns {Promise<MeasuredServer>}
 */
export async function startServer(kind, { executable }) {
  const folder = mkdtempSync(join(tmpdir(), 'qmp-bench-'));
  const path = join(folder, 'socket');
  const [program, ...args] = pinned('peer', [executable, RUN_SERVER, kind, path]);
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const gone = once(child, 'close').finally(() => rmSync(folder, { recursive: true }));
  const isReady = kind === 'empty' ? () => Promise.resolve(true) : answers;
  while (!(await isReady(path))) {
    if (child.exitCode !== null) throw new Error(`The server ended with status ${child.exitCode}`);
    await Promise.race([setTimeout(10), gone]);
  }
  return {
    path,
    async usage() {
      const answer = once(child, 'message');
      child.send('usage');
      const [usage] = /** @type {[Usage]} */ (await answer);
      return usage;
    },
    async stop() {
      child.kill('SIGTERM');
      await gone;
    },
  };
}

/** @param {string} path */
async function answers(path) {
  const socket = connect(path);
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
