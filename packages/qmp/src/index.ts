/**
 * The client for QEMU, the storage daemon and everything else that speaks QMP.
 *
 * @module
 */
export {
  type Address,
  AddressError,
  type CallOptions,
  ConnectError,
  ConnectionLostError,
  type ConnectOptions,
  type Connector,
  DeserializationError,
  DisconnectedError,
  type DisconnectOptions,
  EndOfStreamError,
  type ListenOptions,
  type Logger,
  MessageTooLargeError,
  ProtocolError,
  QmpError,
  type Runstate,
  type SessionEnd,
  StateError,
  TimeoutError,
  type TlsOptions,
  type Transport,
  UnexpectedTypeError,
} from '@qmp/protocol';
export type { JsonObject, JsonValue } from '@qmp/protocol/codecs';
export type { QapiModel, ValidationIssue } from '@qmp/qapi';
export type {
  ExecuteOptions,
  QmpClientOptions,
  QmpConnectOptions,
  RawOptions,
  ValidateOptions,
} from './client/options.ts';
export { QmpClient } from './client/qmp-client.ts';
export { BadReplyError, type Exchange, ExecInterruptedError, ExecuteError } from './errors/command-errors.ts';
export { GreetingError, NegotiationError, ServerParseError } from './errors/session-errors.ts';
export { ValidationError } from './errors/validation-error.ts';
export type { EventOf, Events, EventStream, NextOptions, StreamOptions } from './events/events.ts';
export type { ErrorInfo } from './messages/error-reply.ts';
export type { Greeting } from './messages/greeting.ts';
export type { Empty, Int64, Unlisted } from './schema/basic-types.ts';
export type {
  AnyEvent,
  AnySchema,
  CommandArguments,
  CommandName,
  CommandParameters,
  CommandReturns,
  EventName,
  QapiSchema,
  QmpEvent,
  Timestamp,
  VersionInfo,
} from './schema/qapi-schema.ts';
export type { Qemu } from './schema/types/qemu-11.1.gen.ts';
