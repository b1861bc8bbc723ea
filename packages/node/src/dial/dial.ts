import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout } from 'node:timers/promises';

import type { DialOptions, Transport } from '@qmp/protocol';

import { describeAddress, endpointOf, type ParsedAddress } from '../address/parsed-address.ts';
import { DialError } from '../errors/dial-error.ts';
import { SocketTransport } from '../transport/socket-transport.ts';
import { dialFault } from './dial-fault.ts';

const FIRST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 250;

/** What a peer that is only just starting, or is busy with another client, looks like. */
const NOT_YET: ReadonlySet<string> = new Set(['ENOENT', 'ECONNREFUSED', 'EAGAIN', 'ECONNRESET']);

/** Opens a connection, with `retry` as soon as somebody listens. Rejects with a `DialError` or the signal's reason. */
export async function dial(address: ParsedAddress, options: DialOptions): Promise<Transport> {
  const { signal, retry = false, onRetry } = options;
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
    try {
      return await dialOnce(address, signal);
    } catch (error) {
      if (!retry || !(error instanceof DialError) || !NOT_YET.has(error.code)) throw error;
      onRetry?.(error);
    }
    await setTimeout(pauseMs, undefined, { signal }).catch(() => signal.throwIfAborted());
  }
}

/** One attempt. Nothing stays open when it fails. */
export async function dialOnce(address: ParsedAddress, signal: AbortSignal): Promise<Transport> {
  signal.throwIfAborted();
  const socket = connect({ ...endpointOf(address), noDelay: true });
  const transport = new SocketTransport(socket, describeAddress(address));
  try {
    await once(socket, 'connect', { signal });
    signal.throwIfAborted();
    return transport;
  } catch (error) {
    transport.abort();
    signal.throwIfAborted();
    throw await dialFault(address, error);
  }
}
