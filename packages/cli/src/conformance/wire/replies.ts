import { stringifyJson } from '@qmp/protocol/codecs';

import type { Command } from './command.ts';

/** A greeting as QEMU writes it; the capabilities are JSON. */
export function greeting(capabilities = '["oob"]'): string {
  const version = '{"qemu": {"micro": 0, "minor": 1, "major": 11}, "package": "conformance"}';
  return `{"QMP": {"version": ${version}, "capabilities": ${capabilities}}}\r\n`;
}

/** The reply to a command; what it returns is JSON. */
export function returns(command: Command, value = '{}'): string {
  return `{"return": ${value}${idOf(command)}}\r\n`;
}

/** The error that a command gets. */
export function refuses(command: Command, errorClass: string, description: string): string {
  const error = stringifyJson({ class: errorClass, desc: description });
  return `{"error": ${error}${idOf(command)}}\r\n`;
}

/** An event; its data are JSON. */
export function event(name: string, data?: string): string {
  const timestamp = '{"seconds": 1795331541, "microseconds": 49371}';
  return `{"timestamp": ${timestamp}, "event": "${name}"${data === undefined ? '' : `, "data": ${data}`}}\r\n`;
}

function idOf({ id }: Command): string {
  return id === undefined ? '' : `, "id": ${stringifyJson(id)}`;
}
