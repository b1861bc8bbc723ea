import { readFileSync } from 'node:fs';

/** Reads inputs that are kept as JSON, one character a byte. */
export function readInputs(file: string): unknown {
  return JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8'));
}

/** Arguments as JSON text, by the command that they are for. */
export type ArgumentsByCommand = Readonly<Record<string, readonly string[]>>;

/** Each of them as the command that it is. */
export function commandsOf(byCommand: ArgumentsByCommand): string[] {
  return Object.entries(byCommand).flatMap(([name, list]) =>
    list.map((args) => `{"execute":"${name}","arguments":${args}}`),
  );
}
