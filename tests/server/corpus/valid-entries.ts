import { type CorpusEntry, earlyEntries, entries, oobEntries } from './entry.ts';
import { type ArgumentsByCommand, commandsOf, readInputs } from './read-inputs.ts';

const inputs = readInputs('valid-inputs.json') as {
  /** JSON values of all sorts, each echoed as an id. */
  readonly ids: readonly string[];
  readonly strings: readonly string[];
  /** How a message may be written. */
  readonly layouts: readonly string[];
  /** Those that take no arguments. */
  readonly commands: readonly string[];
  readonly arguments: ArgumentsByCommand;
  /** What QEMU makes, and how it is undone. */
  readonly pairs: readonly string[];
};

const LARGE = [
  `"${'x'.repeat(3_000)}"`,
  '['.repeat(1_023) + ']'.repeat(1_023),
  JSON.stringify(Array.from({ length: 500 }, (_, index) => index)),
];

/** What QEMU answers with a return, and perhaps with more. */
export const validEntries: readonly CorpusEntry[] = [
  ...entries([...inputs.ids, ...inputs.strings, ...LARGE].map((id) => `{"execute":"query-name","id":${id}}`)),
  ...entries([...inputs.layouts, ...inputs.commands.map((name) => `{"execute":"${name}"}`)]),
  ...entries([...commandsOf(inputs.arguments), ...inputs.pairs]),
  ...oobEntries([
    '{"exec-oob":"query-yank","id":1}',
    '{"exec-oob":"query-yank"}',
    '{"execute":"query-yank","id":2}',
    '{"arguments":{},"exec-oob":"query-yank","id":{"a":"b"}}',
    '{"exec-oob":"yank","arguments":{"instances":[]},"id":null}',
    '{"execute":"query-name","id":1}{"execute":"query-name","id":2}',
  ]),
  ...earlyEntries([
    '{"execute":"qmp_capabilities"}',
    '{"execute":"qmp_capabilities","id":1}{"execute":"query-name","id":2}',
    '{"execute":"qmp_capabilities","arguments":{}}',
    '{"execute":"qmp_capabilities","arguments":{"enable":[]}}',
    '{"execute":"qmp_capabilities","arguments":{"enable":["oob"]}}{"exec-oob":"query-yank","id":1}',
    '{"execute":"qmp_capabilities","arguments":{"enable":["oob","oob"]}}{"exec-oob":"query-yank","id":1}',
  ]),
];
