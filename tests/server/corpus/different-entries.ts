import { command, type CorpusEntry, entries } from './entry.ts';

/** Inputs that our server answers in another way than QEMU, each with the reason. */
export const differentEntries: ReadonlyMap<string, readonly CorpusEntry[]> = new Map([
  [
    'QEMU speaks of the first of several faults in the order of its hash table, we in the order of the client',
    entries(
      '{"execute":"query-name","foo":1,"bar":2}',
      '{"bar":1,"execute":1}',
      command('query-name', '{"c":1,"b":2,"a":3}'),
    ),
  ],
]);
