import type { InboundValue } from '../codec/inbound.ts';
import { isWireObject, type WireObject, type WireValue } from '../codec/wire-value.ts';
import { CommandError } from '../command-error.ts';

/** A command that a client sent. */
export interface Request {
  readonly command: string;
  readonly arguments: WireObject;
  readonly isOutOfBand: boolean;
  /** Whether there are doubles in the arguments that are to be numbers for a handler. */
  readonly hasDoubles: boolean;
}

const NO_ARGUMENTS: WireObject = {};

/** The id that goes back with the reply; `undefined` where there is none. */
export function idOf(value: WireValue): WireValue | undefined {
  return isWireObject(value) && Object.hasOwn(value, 'id') ? value['id'] : undefined;
}

/** Whether it asks to overtake; QEMU does not look at the rest for that. */
export function asksToOvertake(value: WireValue): boolean {
  return isWireObject(value) && Object.hasOwn(value, 'exec-oob') && !Object.hasOwn(value, 'execute');
}

/**
 * @param takesOutOfBand whether out-of-band execution is enabled.
 * @throws CommandError, with QEMU's text, for what is no command.
 */
export function parseRequest({ value, hasDoubles }: InboundValue, takesOutOfBand: boolean): Request {
  if (!isWireObject(value)) throw fault('QMP input must be a JSON object');
  const { execute, 'exec-oob': execOob } = value;
  // In the order in which QEMU comes upon them, whatever the client's is.
  if (execOob !== undefined) {
    if (!takesOutOfBand) throw memberFault('exec-oob', 'is unexpected');
    if (typeof execOob !== 'string') throw memberFault('exec-oob', 'must be a string');
  }
  if (execute !== undefined) {
    if (typeof execute !== 'string') throw memberFault('execute', 'must be a string');
    if (execOob !== undefined) throw memberFault('execute', "clashes with 'exec-oob'");
  }
  const args = argumentsOf(value);
  const command = execute ?? execOob;
  if (command === undefined) throw fault("QMP input lacks member 'execute'");
  return { command, arguments: args, isOutOfBand: execute === undefined, hasDoubles };
}

/** Those of a request that holds nothing else that is unexpected. */
function argumentsOf(value: WireObject): WireObject {
  let args = NO_ARGUMENTS;
  for (const name in value) {
    if (name === 'execute' || name === 'exec-oob' || name === 'id') continue;
    const member = value[name];
    if (name !== 'arguments') throw memberFault(name, 'is unexpected');
    if (!isWireObject(member)) throw memberFault(name, 'must be an object');
    args = member;
  }
  return args;
}

function memberFault(member: string, what: string): CommandError {
  return fault(`QMP input member '${member}' ${what}`);
}

function fault(description: string): CommandError {
  return new CommandError('GenericError', description);
}
