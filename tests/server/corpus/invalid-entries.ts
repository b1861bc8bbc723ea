import { type CorpusEntry, earlyEntries, entries, oobEntries } from './entry.ts';
import { type ArgumentsByCommand, commandsOf, readInputs } from './read-inputs.ts';

const inputs = readInputs('invalid-inputs.json') as {
  /** What is no token, or the end of none. */
  readonly tokens: readonly string[];
  /** Strings that end too early, or hold what none may hold. */
  readonly strings: readonly string[];
  /** Tokens in places where they cannot be. */
  readonly structures: readonly string[];
  /** Objects that are no commands. */
  readonly requests: readonly string[];
  /** What comes before there is anything but negotiation. */
  readonly early: readonly string[];
  readonly arguments: ArgumentsByCommand;
};

const DEEP = [
  '['.repeat(1_025) + ']'.repeat(1_025),
  '['.repeat(1_024) + ']'.repeat(1_024),
  `${'{"a":'.repeat(1_025)}1${'}'.repeat(1_025)}`,
  `${'[{"a":'.repeat(513)}1${'}]'.repeat(513)}`,
  `${'['.repeat(1_025)}\x01`,
  `${'['.repeat(1_025)}}`,
  '['.repeat(1_025),
];

/** Comes behind what cannot be read, and shows where a server begins anew. */
const VALID = '{"execute":"query-name"}';

/** What QEMU answers with errors, and perhaps with more. */
export const invalidEntries: readonly CorpusEntry[] = [
  ...entries([...inputs.tokens, ...inputs.strings, ...inputs.structures, ...DEEP].map((input) => input + VALID)),
  ...entries([...inputs.requests, ...commandsOf(inputs.arguments)]),
  ...oobEntries(inputs.requests),
  ...earlyEntries(inputs.early),
];
