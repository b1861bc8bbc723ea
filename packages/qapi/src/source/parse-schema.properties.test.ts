import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { SchemaError } from '../model/schema-error.ts';
import { parseSchema } from './parse-schema.ts';
import type { SchemaFiles } from './schema-files.ts';

/** Gives the error of a schema that is none. Whatever else is thrown is a fault of the parser. */
function outcomeOf(files: SchemaFiles, entry = 'a'): SchemaError | undefined {
  try {
    parseSchema(files, entry, { documentation: true });
    return undefined;
  } catch (error) {
    if (error instanceof SchemaError) return error;
    throw error;
  }
}

/** What schemas are made of. */
const words = [
  ['{', '}', '[', ']', ':', ',', 'true', 'false', '\n', ' ', '#', '##\n', '# ', '\\', "'", '"', '\u{1F600}', '\r'],
  ['enum', 'struct', 'union', 'alternate', 'command', 'event', 'include', 'pragma'].map((key) => `'${key}': `),
  ['data', 'base', 'discriminator', 'returns', 'boxed', 'gen', 'if', 'features', 'type'].map((key) => `'${key}': `),
  ['Foo', 'a', 'A', '*a', 'int', 'str', 'any', 'QType', 'a-b', 'a_b', '', '__proto__'].map((name) => `'${name}'`),
  ['@Foo:', '@a: b', 'Features:', 'Returns: x', 'Since: 1.0', 'Note: x', '', '  x', '= x'].map((line) => `# ${line}\n`),
].flat();

/** An object of the schema language that may be a definition. */
const definition = fc
  .letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom('Foo', 'Bar', 'a', 'b', 'int', 'str', 'bool', 'null', 'any', true, false),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom('type', 'name', 'if', 'features', 'all', 'not', 'a', '*b', 'kind'), tie('value'), {
        maxKeys: 4,
      }),
    ),
  }))
  .value.chain((value) =>
    fc.record(
      {
        kind: fc.constantFrom('enum', 'struct', 'union', 'alternate', 'command', 'event'),
        name: fc.constantFrom('Foo', 'Bar', 'foo', 'FOO'),
        data: fc.constantFrom(value, {}, ['a', 'b'], { a: 'int' }, { a: 'Foo', b: 'Bar' }, { kind: 'Foo' }, 'Foo'),
        base: fc.constantFrom('Foo', 'Bar', { kind: 'Foo' }, value),
        discriminator: fc.constantFrom('kind', 'a', value),
        returns: fc.constantFrom('Foo', ['Bar'], value),
        boxed: fc.constantFrom(true, value),
        if: fc.constantFrom('A', value),
        features: fc.constantFrom(['a'], value),
      },
      { requiredKeys: ['kind', 'name'] },
    ),
  )
  .map(({ kind, name, ...rest }) => JSON.stringify({ [kind]: name, ...rest }).replaceAll('"', "'"));

describe('parseSchema', () => {
  test.prop([fc.array(fc.constantFrom(...words), { maxLength: 60 })])(
    'throws nothing but its own error for any words',
    (text) => {
      outcomeOf({ a: text.join('') });
    },
  );

  test.prop([fc.string({ unit: 'binary', maxLength: 200 })])(
    'throws nothing but its own error for any text',
    (text) => {
      outcomeOf({ a: text });
      outcomeOf({ a: `##\n# ${text}\n##\n{ 'command': 'x' }` });
    },
  );

  test.prop([fc.array(definition, { maxLength: 6 })], { numRuns: 500 })(
    'throws nothing but its own error for any definitions, with the place',
    (definitions) => {
      const error = outcomeOf({ a: definitions.join('\n') });
      if (error !== undefined) expect(error).toMatchObject({ file: 'a', line: expect.any(Number) as number });
    },
  );

  test.prop([fc.string(), fc.string()])('throws nothing but its own error for any paths', (path, include) => {
    const text = `{ 'include': '${include.replaceAll(/['\\]/g, '')}' }`;
    outcomeOf({ [path]: text }, path);
    outcomeOf(() => text, path);
  });
});

describe('parseSchema in the long run', () => {
  const count = 10_000;

  it.each<[string, string]>([
    ['many definitions', Array.from({ length: count }, (_, index) => `{ 'command': 'c${index}' }`).join('\n')],
    [
      'types in a chain',
      Array.from(
        { length: count },
        (_, index) => `{ 'struct': 'C${index}a', 'data': { 'a': 'C${(index + 1) % count}a' } }`,
      ).join('\n'),
    ],
    [
      'many members',
      `{ 'struct': 'Foo', 'data': { ${Array.from({ length: count }, (_, index) => `'a${index}': 'int'`).join()} } }`,
    ],
    [
      'many values',
      `{ 'enum': 'Foo', 'data': [ ${Array.from({ length: count }, (_, index) => `'a${index}'`).join()} ] }`,
    ],
    ['a long comment', `##\n# @x:\n${'# (since , ( . since\n'.repeat(count)}##\n{ 'command': 'x' }`],
    ['a long line', `##\n# @x:\n#\n# ${'(since , '.repeat(count)}\n##\n{ 'command': 'x' }`],
    ['a long string', `{ 'command': 'x', 'if': '${'A_'.repeat(count)}' }`],
  ])('takes its time for %s, and no more', (_what, text) => {
    const startedAtMs = performance.now();
    expect(outcomeOf({ a: text })).toBeUndefined();
    expect(performance.now() - startedAtMs).toBeLessThan(5_000);
  });

  it('says where too much is inherited', () => {
    const members = Array.from({ length: count }, (_, index) => `'a${index}': 'int'`).join();
    const heirs = Array.from({ length: count }, (_, index) => `{ 'struct': 'C${index}a', 'base': 'Big', 'data': {} }`);
    expect(outcomeOf({ a: `${heirs.join('\n')}{ 'struct': 'Big', 'data': { ${members} } }` })?.message).toBe(
      'a:101: at struct "C100a", more than 1000000 members are inherited',
    );
  });

  it.each<[string, string]>([
    ['values in values', "{ 'command': ".repeat(count)],
    ['conditions in conditions', `{ 'command': 'x', 'if': ${"{ 'not': ".repeat(count)}`],
    [
      'bases of bases',
      Array.from(
        { length: count },
        (_, index) => `{ 'struct': 'C${index}a', 'base': 'C${index + 1}a', 'data': {} }`,
      ).join('\n'),
    ],
    [
      'branches in branches',
      Array.from(
        { length: count },
        (_, index) =>
          `{ 'union': 'C${index}a', 'base': { 'k${index}': 'Key' }, 'discriminator': 'k${index}', 'data': { 'a': 'C${index + 1}a' } }`,
      )
        .join('\n')
        .concat("{ 'enum': 'Key', 'data': [ 'a' ] }"),
    ],
  ])('says where %s are too deep', (_what, text) => {
    expect(outcomeOf({ a: text })?.message).toMatch(/deeper than \d+ levels/);
  });
});
