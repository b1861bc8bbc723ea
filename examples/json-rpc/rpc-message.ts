import type { JsonObject, JsonValue } from '@qmp/protocol/codecs';

/** What a reply carries to be matched with its request. */
export type RpcId = string | number | bigint | null;

/** The arguments of a method: by name or by position. */
export type RpcParams = JsonObject | readonly JsonValue[];

/** A request that wants a reply. */
export interface RpcRequest {
  readonly kind: 'request';
  readonly id: RpcId;
  readonly method: string;
  readonly params: RpcParams | undefined;
}

/** A message that wants none. */
export interface RpcNotification {
  readonly kind: 'notification';
  readonly method: string;
  readonly params: RpcParams | undefined;
}

/** The reply to a request: it has a result or an error. */
export interface RpcReply {
  readonly kind: 'reply';
  readonly id: RpcId;
  readonly result: JsonValue | undefined;
  readonly error: RpcErrorObject | undefined;
}

/** An error as it stands on the wire. */
interface RpcErrorObject {
  readonly number: number;
  readonly message: string;
  readonly data: JsonValue | undefined;
}

/** What is JSON, but no message; `id` is what there is of one. */
export interface InvalidRpcMessage {
  readonly kind: 'invalid';
  readonly id: RpcId;
  readonly why: string;
}

/** Recognizes a message of JSON-RPC 2.0 (see its specification, sections 4 and 5). */
export function readRpcMessage(value: JsonValue): RpcRequest | RpcNotification | RpcReply | InvalidRpcMessage {
  if (!isObject(value)) return { kind: 'invalid', id: null, why: 'Expected an object' };
  const id = isRpcId(value['id']) ? value['id'] : null;
  const invalid = (why: string): InvalidRpcMessage => ({ kind: 'invalid', id, why });
  if (value['jsonrpc'] !== '2.0') return invalid('Expected "jsonrpc": "2.0"');
  if (value['id'] !== undefined && !isRpcId(value['id'])) return invalid('Expected an id that is a string or a number');
  if (value['method'] === undefined) return readReply(value, id) ?? invalid('Expected a method, a result or an error');
  const { method, params } = value;
  if (typeof method !== 'string') return invalid('Expected a method that is a string');
  if (params !== undefined && !isParams(params)) return invalid('Expected params that are an object or an array');
  return value['id'] === undefined ? { kind: 'notification', method, params } : { kind: 'request', id, method, params };
}

function readReply(value: JsonObject, id: RpcId): RpcReply | undefined {
  const { result, error } = value;
  if (result !== undefined && error === undefined) return { kind: 'reply', id, result, error };
  if (result !== undefined || error === undefined || !isObject(error)) return undefined;
  const { code, message, data } = error;
  if (typeof code !== 'number' || typeof message !== 'string') return undefined;
  return { kind: 'reply', id, result, error: { number: code, message, data } };
}

/** Whether it can be the id of a request. */
export function isRpcId(value: JsonValue | undefined): value is RpcId {
  return value === null || ['string', 'number', 'bigint'].includes(typeof value);
}

function isParams(value: JsonValue): value is RpcParams {
  return typeof value === 'object' && value !== null;
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
