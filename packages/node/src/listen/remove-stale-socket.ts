import { setTimeout } from 'node:timers/promises';

import type { UnixSocketFile } from '../address/parsed-address.ts';
import { dialOnce } from '../dial/dial.ts';
import { DialError } from '../errors/dial-error.ts';
import { ListenError } from '../errors/listen-error.ts';
import { listenFault } from './listen-fault.ts';
import { isSameFile, lookAt, removeIfUnchanged } from './socket-file.ts';

/** A socket file appears a moment before its listener takes connections, and looks just like a stale one until then. */
const UNTIL_IT_LISTENS_MS = 20;

/**
 * Clears the path of a socket file that nobody listens at any more, after `inUse` has told that something stands there.
 *
 * @throws ListenError when it is a live socket, or no socket: neither is touched.
 */
export async function removeStaleSocket(address: UnixSocketFile, inUse: unknown, signal: AbortSignal): Promise<void> {
  const seen = lookAt(address.path);
  if (seen === undefined) return;
  if (!seen.isSocket()) {
    throw new ListenError(`${address.path} is no socket file, it is left as it is (EADDRINUSE)`, {
      code: 'EADDRINUSE',
      address: `unix:${address.path}`,
      cause: inUse,
    });
  }
  if (!(await isStale(address, signal))) throw await listenFault(address, inUse);
  try {
    // Another listener may have done the same meanwhile: a look disturbs nobody, taking its socket aside would.
    if (isSameFile(lookAt(address.path), seen)) removeIfUnchanged(address.path, seen);
  } catch (error) {
    throw await listenFault(address, error);
  }
}

/** Whoever refuses twice is gone; any other answer is the sign of somebody who may not be disturbed. */
async function isStale(address: UnixSocketFile, signal: AbortSignal): Promise<boolean> {
  if (!(await isRefused(address, signal))) return false;
  await setTimeout(UNTIL_IT_LISTENS_MS, undefined, { signal }).catch(() => signal.throwIfAborted());
  return await isRefused(address, signal);
}

async function isRefused(address: UnixSocketFile, signal: AbortSignal): Promise<boolean> {
  try {
    const transport = await dialOnce(address, { signal });
    transport.abort();
    return false;
  } catch (error) {
    if (error instanceof DialError) return error.code === 'ECONNREFUSED' || error.code === 'ENOENT';
    throw error;
  }
}
