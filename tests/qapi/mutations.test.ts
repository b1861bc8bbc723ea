import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSchema, QapiModel, SchemaError } from '@qmp/qapi';
import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { describeSchemas } from './describe-schemas.ts';

const token = /'[^'\n]*'|[{}[\]:,]|#+|\w+|\s+|./g;

/** What is done to a file, at a place between 0 and 1. */
const mutation = fc.record({
  place: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  change: fc.constantFrom<(tokens: string[], index: number) => void>(
    (tokens, index) => void tokens.splice(index, 1),
    (tokens, index) => void tokens.splice(index, 0, tokens[index] ?? ''),
    (tokens, index) => void tokens.splice(index),
    (tokens, index) => void tokens.splice(index, 2, tokens[index + 1] ?? '', tokens[index] ?? ''),
    (tokens, index) => void tokens.splice(index, 1, tokens[(index * 7919) % tokens.length] ?? ''),
    (tokens, index) => void tokens.splice(index, 0, '\u0000'),
  ),
});

describeSchemas('folder', (_version, folder) => {
  const files = filesIn(folder);

  // The guest agent's schema is one file, and read in no time; QEMU's is 40 times as large.
  describe.each([
    ['qga', 200],
    ['qapi', 10],
  ])('in %s', (program, numRuns) => {
    const paths = [...files.keys()].filter((path) => path.startsWith(`${program}/`));

    test.prop([fc.nat(), fc.array(mutation, { minLength: 1, maxLength: 3 })], { numRuns })(
      'gives a model or a SchemaError, whatever happens to its files',
      (choice, mutations) => {
        const path = paths[choice % paths.length] ?? '';
        const tokens = files.get(path)?.match(token) ?? [];
        for (const { place, change } of mutations) change(tokens, Math.floor(place * tokens.length));
        const mutated = new Map([...files, [path, tokens.join('')]]);
        expect(outcomeOf(mutated, `${program}/qapi-schema.json`)).toBeOneOf([
          expect.any(QapiModel),
          expect.any(SchemaError),
        ]);
      },
    );
  });
});

function outcomeOf(files: ReadonlyMap<string, string>, entry: string): unknown {
  try {
    return parseSchema(files, entry);
  } catch (error) {
    return error;
  }
}

/** The texts of all schema files in a folder, by their paths. */
function filesIn(folder: string): ReadonlyMap<string, string> {
  if (folder === '') return new Map();
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'));
  return new Map(names.map((name) => [name.replaceAll('\\', '/'), readFileSync(join(folder, name), 'utf8')]));
}
