/** A socket file. */
export interface UnixSocketFile {
  readonly kind: 'unix';
  readonly path: string;
}

/** A UNIX socket in Linux's abstract namespace: a name, and no file. */
export interface AbstractSocketName {
  readonly kind: 'abstract';
  /** Without the `@` that it is written with. */
  readonly name: string;
}

/** A TCP endpoint. */
export interface TcpEndpoint {
  readonly kind: 'tcp';
  /** A name or an IP address, without brackets. */
  readonly host: string;
  readonly port: number;
}

/** An address that `parseAddress` has understood. */
export type ParsedAddress = UnixSocketFile | AbstractSocketName | TcpEndpoint;

/** The address in its plainest spelling: `unix:/run/vm.sock`, `tcp:[::1]:4444`. */
export function describeAddress(address: ParsedAddress): string {
  if (address.kind === 'unix') return `unix:${address.path}`;
  if (address.kind === 'abstract') return `unix:@${address.name}`;
  return `tcp:${address.host.includes(':') ? `[${address.host}]` : address.host}:${address.port}`;
}

/** The address as `node:net` takes it, for `connect` and `listen` alike. */
export function endpointOf(address: ParsedAddress): { path: string } | { host: string; port: number } {
  if (address.kind === 'unix') return { path: address.path };
  if (address.kind === 'abstract') return { path: `\0${address.name}` };
  return { host: address.host, port: address.port };
}
