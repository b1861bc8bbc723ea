import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';

import type { DialOptions, Transport } from '@qmp/protocol';

import { describeAddress, type ParsedAddress, type TlsEndpoint } from '../address/parsed-address.ts';
import { DialError } from '../errors/dial-error.ts';
import { SocketTransport } from '../transport/socket-transport.ts';
import { dialFault } from './dial-fault.ts';
import { type Link, openPlain } from './link.ts';

const FIRST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 250;

/** What a peer that is only just starting, or is busy with another client, looks like. */
const NOT_YET: ReadonlySet<string> = new Set([
  'ENOENT',
  'ECONNREFUSED',
  'EAGAIN',
  'ECONNRESET',
  // Of WebSockets: a relay whose target is not there yet, and a platform that hides which of all these it is.
  'HTTP_502',
  'HTTP_503',
  'HTTP_504',
  'WEBSOCKET_NOT_OPENED',
]);

/** Opens a connection, with `retry` as soon as somebody listens. Rejects with a `DialError` or the signal's reason. */
export function dial(address: ParsedAddress, options: DialOptions): Promise<Transport> {
  return options.retry === true ? dialAgainAndAgain(address, options) : dialOnce(address, options);
}

async function dialAgainAndAgain(address: ParsedAddress, options: DialOptions): Promise<Transport> {
  const { signal, onRetry } = options;
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
    try {
      return await dialOnce(address, options);
    } catch (error) {
      if (!(error instanceof DialError) || !NOT_YET.has(error.code)) throw error;
      onRetry?.(error);
    }
    await setTimeout(pauseMs, undefined, { signal }).catch(() => signal.throwIfAborted());
  }
}

/** One attempt. Nothing stays open when it fails. */
export async function dialOnce(address: ParsedAddress, options: DialOptions): Promise<Transport> {
  throwIfAborted(options);
  if (address.kind === 'websocket') {
    const { dialWebSocket } = await import('../websocket/dial-web-socket.ts');
    return await dialWebSocket(address, options.signal);
  }
  const link = address.kind === 'tls' ? await openTls(address) : openPlain(address);
  const transport = new SocketTransport(link.socket, describeAddress(address), link.earlyEndFault);
  try {
    // A UNIX socket is connected or refused at once: there is nothing that a signal could cut short.
    const isAtOnce = address.kind === 'unix' || address.kind === 'abstract';
    await once(link.socket, link.readyEvent, isAtOnce ? {} : { signal: options.signal });
    throwIfAborted(options);
    return transport;
  } catch (error) {
    transport.abort();
    throwIfAborted(options);
    throw link.openingFault?.(error) ?? (await dialFault(address, error));
  }
}

/** Without a look at a signal that has not aborted: it may yet have to be made. */
function throwIfAborted(options: DialOptions): void {
  if (options.aborted ?? options.signal.aborted) throw options.signal.reason;
}

/** Most programs never need it. */
async function openTls(address: TlsEndpoint): Promise<Link> {
  return (await import('../tls/open-tls.ts')).openTls(address);
}
