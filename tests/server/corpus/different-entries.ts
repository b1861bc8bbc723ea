import { type CorpusEntry, entries } from './entry.ts';

/** Inputs that our server answers in another way than QEMU, by the reason. */
export const differentEntries: ReadonlyMap<string, readonly CorpusEntry[]> = new Map([
  [
    'QEMU speaks of the first of several faults in the order of its hash table, we in the order of the client',
    entries([
      '{"execute":"query-name","foo":1,"bar":2}',
      '{"bar":1,"execute":1}',
      '{"execute":"query-name","arguments":{"c":1,"b":2,"a":3}}',
    ]),
  ],
  ['QEMU repeats all of a token that it cannot read, we 64 KiB of it', entries([`"${'x'.repeat(70_000)}\x01`])],
]);
