import type { JsonObject } from '@qmp/protocol/codecs';
import type { QmpEvent } from '../schema/qapi-schema.ts';

/** Tells an event from all else that a server sends (QMP specification, "Asynchronous events"). */
export function isEvent(message: JsonObject): message is QmpEvent & JsonObject {
  return typeof message['event'] === 'string';
}
