import { isJsonObject, type JsonObject } from '@qmp/protocol/codecs';

/** What an error reply says (QMP specification, "Error"). */
export interface ErrorInfo {
  /** `GenericError`, `CommandNotFound`, `DeviceNotActive`, `DeviceNotFound`, `KVMMissingCap`, or one yet unknown. */
  readonly class: string;
  /** For people; not to be parsed. */
  readonly desc: string;
}

/** The error of a reply; undefined when its shape is wrong. */
export function parseErrorInfo(reply: JsonObject): ErrorInfo | undefined {
  const error = reply['error'];
  if (!isJsonObject(error)) return undefined;
  const { class: errorClass, desc } = error;
  if (typeof errorClass !== 'string' || typeof desc !== 'string') return undefined;
  return { class: errorClass, desc };
}
