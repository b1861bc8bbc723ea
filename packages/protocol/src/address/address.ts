import type { TlsOptions } from './tls-options.ts';

/**
 * Where a peer is found, as users write it. The core never looks inside: a {@link Connector} does, and throws an
 * `AddressError` for what it cannot read.
 *
 * `'/run/vm.sock'`, `'unix:/run/vm.sock'`, `'unix:@abstract'`, `'tcp:host:port'`, `'host:port'`, `'[::1]:4444'`,
 * `'tls:host:port'`, `'ws://…'`, `'wss://…'`, `'\\\\.\\pipe\\…'`, or an object.
 */
export type Address = string | UnixAddress | TcpAddress | WebSocketAddress;

/**
 * A UNIX socket by its path; a path that starts with `@` is in Linux's abstract namespace, one that starts with
 * `\\.\pipe\` is a Windows named pipe.
 */
export interface UnixAddress {
  readonly path: string;
}

/** A TCP endpoint; `tls` asks for an encrypted connection, with `true` to a server whose authority the platform knows. */
export interface TcpAddress {
  readonly host: string;
  readonly port: number;
  readonly tls?: boolean | TlsOptions | undefined;
}

/**
 * A WebSocket by its URL, with what a `wss:` one takes to prove who is who. Not in a browser, which has its own ways;
 * in Node and Deno this takes the npm package `ws`.
 */
export interface WebSocketAddress {
  readonly url: string;
  readonly tls?: boolean | TlsOptions | undefined;
}

/**
 * An address for logs and errors, as it would be written and without what is secret in it; what is none too, so that the
 * connector can refuse it.
 */
export function describeAddress(address: Address | null | undefined): string {
  if (typeof address !== 'object' || address === null) return String(address);
  if ('url' in address) return address.url;
  if ('path' in address) return /^\\{2}/.test(address.path) ? address.path : `unix:${address.path}`;
  const host = /:/.test(address.host) ? `[${address.host}]` : address.host;
  return `${address.tls ? 'tls' : 'tcp'}:${host}:${address.port}`;
}
