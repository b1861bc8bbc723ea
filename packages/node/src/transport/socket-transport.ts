import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';

import type { Transport } from '@qmp/protocol';
import { ChunkStream } from '@qmp/protocol/stream';

import { describeAddress } from '../address/parsed-address.ts';
import { cutOff } from './cut-off.ts';
import { StreamWriter } from './stream-writer.ts';

/**
 * A transport over a socket that is connected already, or over any other `Duplex` of bytes: one that was inherited,
 * came out of a tunnel, or was accepted by a server of your own. It owns the stream from then on, and what the stream
 * has buffered is read first. `description` is what logs and errors call the peer.
 *
 * @throws TypeError when the stream is destroyed or has ended in either direction, or gives text or objects, not bytes.
 */
export function socketTransport(socket: Duplex, description?: string): Transport {
  const fault = faultOf(socket);
  if (fault !== undefined) throw new TypeError(`Cannot use the socket: it ${fault}; expected an open stream of bytes`);
  return new SocketTransport(socket, description);
}

/** What an end, or an error, means while the peer has not said a word: an error to put in its place, if any. */
export type EarlyEndFault = (error: Error | undefined) => Error | undefined;

/** @internal Takes a socket that may still be connecting: its errors are heard from here on. */
export class SocketTransport implements Transport {
  readonly description: string;
  readonly framing: 'records' | undefined;
  readonly readable: ChunkStream;
  readonly #socket: Duplex;
  readonly #writer: StreamWriter;

  constructor(socket: Duplex, description?: string, earlyEndFault?: EarlyEndFault) {
    const readable = new ChunkStream(socket);
    let faultOfEnd = earlyEndFault;
    if (faultOfEnd !== undefined) {
      socket.once('data', () => {
        faultOfEnd = undefined;
      });
    }
    const end = (cause?: unknown): void => {
      if (readable.isOver) return;
      // Bun says 'end' of a socket that is destroyed on this side, too.
      const error = cause instanceof Error ? cause : socket.destroyed ? cutOff() : undefined;
      const fault = socket.writableEnded ? error : (faultOfEnd?.(error) ?? error);
      if (fault === undefined) readable.end();
      else readable.fail(fault);
    };
    socket.on('data', (chunk: Uint8Array) => readable.push(chunk));
    socket.on('end', end).on('error', end).on('close', end);
    this.description = description ?? describeSocket(socket);
    this.framing = isTls(socket) ? 'records' : undefined;
    this.readable = readable;
    this.#socket = socket;
    this.#writer = new StreamWriter(socket);
    socket.resume();
  }

  write(chunk: Uint8Array | string): void | Promise<void> {
    // What waits in a TLS socket is packed together: only what has left it is sure to travel apart.
    return this.framing === 'records' ? this.#writer.writeThrough(chunk) : this.#writer.write(chunk);
  }

  writeText(text: string): void | Promise<void> {
    return this.write(text);
  }

  close(): Promise<void> {
    return this.#writer.end();
  }

  abort(reason?: unknown): void {
    if (!this.#socket.destroyed) this.#socket.destroy(cutOff(reason));
  }
}

function describeSocket(socket: Duplex): string {
  if (!(socket instanceof Socket)) return 'socket';
  const { remoteAddress: host, remotePort: port } = socket;
  if (host === undefined || port === undefined) return 'socket';
  return describeAddress(isTls(socket) ? { kind: 'tls', host, port, tls: {} } : { kind: 'tcp', host, port });
}

/** Without loading `node:tls`, which takes its time, for those who need none. */
function isTls(socket: Duplex): boolean {
  return 'encrypted' in socket && socket.encrypted === true;
}

function faultOf(socket: Duplex): string | undefined {
  if (socket.destroyed) return 'is destroyed';
  if (socket.readableEnded) return 'was read to its end';
  if (socket.writableEnded) return 'was ended for writing';
  if (socket.readableEncoding !== null || socket.readableObjectMode) return 'gives text or objects';
  return undefined;
}
