import type { JsonObject, JsonValue } from '@qmp/protocol/codecs';

/** A command as it stood on the wire. */
export interface Command {
  readonly name: JsonValue | undefined;
  readonly isOutOfBand: boolean;
  readonly id: JsonValue | undefined;
  readonly arguments: JsonValue | undefined;
  readonly message: JsonObject;
}

/** What a message says, if it is a command. */
export function commandIn(message: JsonObject): Command {
  const isOutOfBand = 'exec-oob' in message;
  return {
    name: message[isOutOfBand ? 'exec-oob' : 'execute'],
    isOutOfBand,
    id: message['id'],
    arguments: message['arguments'],
    message,
  };
}
