import { isJsonObject } from '@qmp/protocol/codecs';

/** @throws TypeError for what is no command name. */
export function checkCommandName(command: unknown): void {
  if (typeof command === 'string' && command !== '') return;
  throw new TypeError(`The command is ${show(command)}; expected its name, a string that is not empty`);
}

/** @throws TypeError for arguments that are neither left out nor an object: QMP has arguments by name only. */
export function checkArguments(command: string, args: unknown): void {
  if (args === undefined || isJsonObject(args)) return;
  throw new TypeError(`${command}: the arguments are ${show(args)}; expected an object, or nothing`);
}

/** @throws TypeError for a message that is no object. */
export function checkMessage(message: unknown): void {
  if (isJsonObject(message)) return;
  throw new TypeError(`The message is ${show(message)}; expected an object`);
}

function show(value: unknown): string {
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}
