/**
 * Bytes for `@qmp/protocol` on Node, Bun and Deno: the connector that dials and listens at UNIX sockets, named pipes, TCP and
 * TLS, transports over sockets, streams and child processes that are there already, and files for recordings.
 *
 * @module
 */
export { parseAddress } from './address/parse-address.ts';
export type {
  AbstractSocketName,
  NamedPipe,
  ParsedAddress,
  SocketAddress,
  TcpEndpoint,
  TlsEndpoint,
  UnixSocketFile,
  WebSocketEndpoint,
} from './address/parsed-address.ts';
export { DialError } from './errors/dial-error.ts';
export { ListenError } from './errors/listen-error.ts';
export { FileSink, fileSink } from './files/file-sink.ts';
export { nodeConnector } from './node-connector.ts';
export { childTransport } from './transport/child-transport.ts';
export { socketTransport } from './transport/socket-transport.ts';
