import { describeMessage } from '@qmp/protocol';
import { isJsonObject, type JsonObject } from '@qmp/protocol/codecs';
import { GreetingError } from '../errors/session-errors.ts';
import type { VersionInfo } from '../schema/qapi-schema.ts';

/** How much is told of a message that is no greeting. */
const SHOWN_LENGTH = 200;

/** The first message of a QMP server (QMP specification, "Server Greeting"). */
export interface Greeting {
  readonly QMP: {
    readonly version: VersionInfo;
    /** What can be enabled in the negotiation, such as `oob`. */
    readonly capabilities: readonly string[];
  };
}

/** @throws GreetingError when the message is no greeting, saying what it looks like instead. */
export function parseGreeting(message: JsonObject): Greeting {
  const { QMP: content } = message;
  const isGreeting =
    isJsonObject(content) && isJsonObject(content['version']) && Array.isArray(content['capabilities']);
  if (isGreeting) return message as unknown as Greeting;
  throw new GreetingError(`Expected a QMP greeting${describeImpostor(message)}`, { received: message });
}

function describeImpostor(message: JsonObject): string {
  if ('return' in message || 'error' in message) {
    return (
      ', but the server answers without one: it looks like a guest agent ' +
      '(connect to it with awaitGreeting: false and negotiate: false)'
    );
  }
  return ` such as {"QMP":{"version":{…},"capabilities":[…]}}, got ${describeMessage(message).slice(0, SHOWN_LENGTH)}`;
}
