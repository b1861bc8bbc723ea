import type { JsonObject, JsonValue } from '@qmp/protocol/codecs';

import { CommandError } from '../command-error.ts';

/** A command that a client sent, by the rules of the protocol. */
export interface Request {
  readonly command: string;
  readonly arguments: JsonObject;
  readonly isOutOfBand: boolean;
}

/** @throws CommandError, with QEMU's text, for what is no command. */
export function parseRequest(value: JsonValue, takesOutOfBand: boolean): Request {
  if (!isObject(value)) throw new CommandError('GenericError', 'QMP input must be a JSON object');
  let command: string | undefined;
  let commandMember = 'execute';
  let args: JsonObject = {};
  for (const [name, member] of Object.entries(value)) {
    if (name === 'execute' || (name === 'exec-oob' && takesOutOfBand)) {
      if (typeof member !== 'string') throw fault(name, 'must be a string');
      if (command !== undefined) throw fault(name, `clashes with '${commandMember}'`);
      command = member;
      commandMember = name;
    } else if (name === 'arguments') {
      if (!isObject(member)) throw fault(name, 'must be an object');
      args = member;
    } else if (name !== 'id') {
      throw fault(name, 'is unexpected');
    }
  }
  if (command === undefined) throw new CommandError('GenericError', "QMP input lacks member 'execute'");
  return { command, arguments: args, isOutOfBand: commandMember === 'exec-oob' };
}

function fault(member: string, what: string): CommandError {
  return new CommandError('GenericError', `QMP input member '${member}' ${what}`);
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
