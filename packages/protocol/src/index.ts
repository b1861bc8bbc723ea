/**
 * A full-duplex, asynchronous message session over any byte stream: states, loops, life cycle and errors.
 *
 * @module
 */
export {
  type Address,
  describeAddress,
  type TcpAddress,
  type UnixAddress,
  type WebSocketAddress,
} from './address/address.ts';
export type { Pem, PreSharedKey, TlsOptions } from './address/tls-options.ts';
export type { Codec } from './codecs/codec.ts';
export {
  AddressError,
  ConnectError,
  type ConnectPhase,
  ConnectionLostError,
  DisconnectedError,
  EndOfStreamError,
  StateError,
  TimeoutError,
} from './errors/connection-errors.ts';
export {
  DeserializationError,
  MessageTooLargeError,
  ProtocolError,
  UnexpectedTypeError,
} from './errors/protocol-errors.ts';
export { asError, describeCause } from './errors/describe-cause.ts';
export { QmpError } from './errors/qmp-error.ts';
export { describeMessage } from './logging/describe-message.ts';
export type { Logger } from './logging/logger.ts';
export type { LogLevel, NamedLog } from './logging/named-log.ts';
export type { IsSecret } from './logging/secrets.ts';
export { AsyncProtocol } from './protocol/async-protocol.ts';
export type {
  ConnectOptions,
  DisconnectOptions,
  ListenOptions,
  ProtocolOptions,
  SessionEnd,
} from './protocol/options.ts';
export type { Runstate } from './runstate/runstate.ts';
export type { Connector, DialOptions, Listener, ListenerOptions } from './transport/connector.ts';
export type { Transport } from './transport/transport.ts';
export type { CallOptions } from './wait/call-options.ts';
export { checkMilliseconds, Deadline } from './wait/deadline.ts';
export { Deferred, ignore } from './wait/deferred.ts';
export { nobodyMustCatch } from './wait/nobody-must-catch.ts';
