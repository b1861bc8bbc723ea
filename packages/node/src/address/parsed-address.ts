import type { TlsOptions } from '@qmp/protocol';

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

/** A named pipe of Windows. */
export interface NamedPipe {
  readonly kind: 'pipe';
  /** With the `\\.\pipe\` that it starts with. */
  readonly path: string;
}

/** A TCP endpoint. */
export interface TcpEndpoint {
  readonly kind: 'tcp';
  /** A name or an IP address, without brackets. */
  readonly host: string;
  readonly port: number;
}

/** A TCP endpoint that is reached by TLS. */
export interface TlsEndpoint {
  readonly kind: 'tls';
  /** A name or an IP address, without brackets. */
  readonly host: string;
  readonly port: number;
  /** May hold secrets: not for logs. */
  readonly tls: TlsOptions;
}

/** A WebSocket's URL. */
export interface WebSocketEndpoint {
  readonly kind: 'websocket';
  /** As it was written. */
  readonly url: string;
  /** Of a `wss:` URL; none of a `ws:` URL. May hold secrets: not for logs. */
  readonly tls: TlsOptions | undefined;
}

/** An address that is reached by a socket of the system. */
export type SocketAddress = UnixSocketFile | AbstractSocketName | NamedPipe | TcpEndpoint | TlsEndpoint;

/** An address that `parseAddress` has understood. */
export type ParsedAddress = SocketAddress | WebSocketEndpoint;

/** The address in its plainest spelling: `unix:/run/vm.sock`, `tcp:[::1]:4444`. What is secret is left out. */
export function describeAddress(address: ParsedAddress): string {
  switch (address.kind) {
    case 'unix':
      return `unix:${address.path}`;
    case 'abstract':
      return `unix:@${address.name}`;
    case 'pipe':
      return address.path;
    case 'tcp':
    case 'tls':
      return `${address.kind}:${address.host.includes(':') ? `[${address.host}]` : address.host}:${address.port}`;
    case 'websocket':
      return address.url;
  }
}

/** The address as `node:net` and `node:tls` take it, for `connect` and `listen` alike. */
export function endpointOf(address: SocketAddress): { path: string } | { host: string; port: number } {
  switch (address.kind) {
    case 'unix':
    case 'pipe':
      return { path: address.path };
    case 'abstract':
      return { path: `\0${address.name}` };
    case 'tcp':
    case 'tls':
      return { host: address.host, port: address.port };
  }
}
