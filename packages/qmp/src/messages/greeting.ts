import type { JsonObject, JsonValue } from '@qmp/protocol/codecs';
import { GreetingError } from '../errors/session-errors.ts';
import type { VersionInfo } from '../schema/qapi-schema.ts';

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
  const content = message['QMP'];
  if (content === undefined) throw new GreetingError(describeImpostor(message), { received: message });
  if (!isObject(content)) throw misshapen(message, 'its member "QMP" is no object');
  const { version, capabilities } = content;
  if (!isObject(version)) throw misshapen(message, 'its member "version" is no object');
  if (!Array.isArray(capabilities)) throw misshapen(message, 'its member "capabilities" is no array');
  return message as unknown as Greeting;
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function misshapen(message: JsonObject, why: string): GreetingError {
  return new GreetingError(`The greeting is malformed: ${why}`, { received: message });
}

function describeImpostor(message: JsonObject): string {
  if ('return' in message || 'error' in message) {
    return (
      'Expected a QMP greeting, but the server answers without one: it looks like a guest agent ' +
      '(connect to it with awaitGreeting: false and negotiate: false)'
    );
  }
  return `Expected a QMP greeting, got JSON that is none, with the members ${Object.keys(message).join(', ') || '(none)'}`;
}
