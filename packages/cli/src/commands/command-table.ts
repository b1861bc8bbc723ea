import type { Command } from './command.ts';

/** The commands by name; each is loaded only when it is asked for, because starting up is most of what `exec` does. */
export const commandTable: ReadonlyMap<string, () => Promise<Command>> = new Map([
  ['demo', async () => (await import('./demo.ts')).demo],
  ['exec', async () => (await import('./exec.ts')).exec],
  ['events', async () => (await import('./events.ts')).events],
  ['record', async () => (await import('./record.ts')).recordCommand],
  ['replay', async () => (await import('./replay.ts')).replayCommand],
  ['log', async () => (await import('./log.ts')).log],
  ['schema', async () => (await import('./schema.ts')).schema],
  ['codegen', async () => (await import('./codegen.ts')).codegen],
]);
