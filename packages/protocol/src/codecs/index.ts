export type { Codec } from './codec.ts';
export { DeserializationError, MessageTooLargeError, UnexpectedTypeError } from './codec-errors.ts';
export { JsonStreamCodec, type JsonStreamCodecOptions } from './json-stream-codec.ts';
export { isJsonObject } from './json/json-object.ts';
export type { JsonObject, JsonValue } from './json/json-value.ts';
export { parseJson } from './json/parse-json.ts';
export { stringifyJson } from './json/stringify-json.ts';
export { type Line, LineCodec, type LineCodecOptions, type LineMode } from './line-codec.ts';
export { checkMessageLimit } from './message-limit.ts';
