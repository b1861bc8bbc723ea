/**
 * Where a peer is found, as users write it. The core never looks inside: a {@link Connector} does, and throws an
 * `AddressError` for what it cannot read.
 *
 * `'/run/vm.sock'`, `'unix:/run/vm.sock'`, `'unix:@abstract'`, `'tcp:host:port'`, `'host:port'`, `'[::1]:4444'`,
 * `'tls:host:port'`, `'ws://…'`, `'wss://…'`, `'\\\\.\\pipe\\…'`, or an object.
 */
export type Address = string | UnixAddress | TcpAddress;

/** A UNIX socket by its path; a path that starts with `@` is in Linux's abstract namespace. */
export interface UnixAddress {
  readonly path: string;
}

/** A TCP endpoint; `tls` asks for an encrypted connection. */
export interface TcpAddress {
  readonly host: string;
  readonly port: number;
  readonly tls?: boolean | undefined;
}

/** An address for logs and errors, as it would be written; what is none too, so that the connector can refuse it. */
export function describeAddress(address: Address | null | undefined): string {
  if (typeof address !== 'object' || address === null) return String(address);
  if ('path' in address) return `unix:${address.path}`;
  const host = /:/.test(address.host) ? `[${address.host}]` : address.host;
  return `${address.tls === true ? 'tls' : 'tcp'}:${host}:${address.port}`;
}
