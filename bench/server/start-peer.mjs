import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { pinned } from '../measure/pinned.mjs';
import { buildNative } from '../native/build-native.mjs';
import { findQemu, QEMU_VERSION } from './find-qemu.mjs';
import { writeContent } from './write-content.mjs';

const SCRIPT_SERVER = fileURLToPath(new URL('script-server.mjs', import.meta.url));

/**
 * A process that clients are measured against.
 * @typedef {object} Peer
 * @property {string} path its UNIX socket
 * @property {() => Promise<void>} stop ends it and removes what it left
 */

/**
 * @param {import('../workloads/workload.ts').Workload['peer'] | 'script-server'} kind `server` is the one in C, or the
 *   one in JavaScript where there is no C compiler; `script-server` is that one in any case
 * @returns {Promise<Peer>}
 * @throws Error when it cannot be started
 */
export async function startPeer(kind) {
  const folder = mkdtempSync(join(tmpdir(), 'qmp-bench-'));
  const path = join(folder, 'socket');
  try {
    const [program, ...args] = pinned('peer', kind === 'qemu' ? qemu(path) : server(kind, path, folder));
    const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'inherit'] });
    const gone = once(child, 'close').finally(() => rmSync(folder, { recursive: true }));
    while (!(await answers(path))) {
      if (child.exitCode !== null) throw new Error(`${program} ended with status ${child.exitCode}`);
      await Promise.race([setTimeout(10), gone]);
    }
    return {
      path,
      async stop() {
        child.kill('SIGKILL');
        await gone;
      },
    };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
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

/**
 * @param {'server' | 'script-server'} kind
 * @param {string} path
 * @param {string} folder
 * @returns {[string, ...string[]]}
 */
function server(kind, path, folder) {
  writeContent(folder);
  const native = kind === 'server' ? buildNative('server') : undefined;
  return native === undefined ? [process.execPath, SCRIPT_SERVER, path, folder] : [native, path, folder];
}

/**
 * @param {string} path
 * @returns {[string, ...string[]]}
 */
function qemu(path) {
  const found = findQemu();
  if (found === undefined) {
    throw new Error(`QEMU ${QEMU_VERSION} is missing: node tools/install-qemu.mjs ${QEMU_VERSION} brings it`);
  }
  const machine = ['-machine', 'none', '-accel', 'tcg', '-nodefaults', '-display', 'none'];
  return [found.qemu, ...machine, '-qmp', `unix:${path},server=on,wait=off`];
}
