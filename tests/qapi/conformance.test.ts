import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSchema, type QapiModel, type RulesVersion, SchemaError, type SchemaOptions } from '@qmp/qapi';
import { describe, expect, it } from 'vitest';
import { describeSchemas } from './describe-schemas.ts';
import { printModel, readPrinted } from './printed-model.ts';

// QEMU's own tests of its schema parser: what it accepts we accept, and what it rejects we reject. There is no exception.
describeSchemas('tests', (version, folder) => {
  const rules = version as RulesVersion;
  const names = namesIn(folder);
  const isRejected = (name: string): boolean => readFileSync(join(folder, `${name}.err`), 'utf8') !== '';

  function parse(name: string, options: SchemaOptions): QapiModel {
    const read = (path: string): string | undefined =>
      existsSync(join(folder, path)) ? readFileSync(join(folder, path), 'utf8') : undefined;
    return parseSchema(read, `${name}.json`, options);
  }

  it('has cases of both kinds', () => {
    expect(names.filter(isRejected).length).toBeGreaterThan(100);
    expect(names.filter((name) => !isRejected(name)).length).toBeGreaterThan(5);
  });

  describe.each(names.filter(isRejected))('%s', (name) => {
    it('is rejected, with the place', () => {
      const error = errorOf(() => parse(name, { rules }));
      expect(error).toBeInstanceOf(SchemaError);
      if (name !== 'missing-schema') expect(error).toMatchObject({ line: expect.any(Number) as number });
    });
  });

  describe.each(names.filter((name) => !isRejected(name)))('%s', (name) => {
    it('is accepted, and means the same', () => {
      const expected = readPrinted(readFileSync(join(folder, `${name}.out`), 'utf8'));
      expect(Object.fromEntries(printModel(parse(name, { rules })))).toEqual(Object.fromEntries(expected));
    });
  });

  if (version === '10.0') {
    it('needs no mention of its rules', () => {
      const accepted = names.filter((name) => errorOf(() => parse(name, {})) === undefined);
      expect(accepted).toEqual(names.filter((name) => !isRejected(name)));
    });
  }
});

/** Each test, including the one whose schema is missing on purpose. */
function namesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const files = new Set(readdirSync(folder));
  const names = [...files].filter((file) => file.endsWith('.err')).map((file) => file.slice(0, -'.err'.length));
  return names.filter((name) => files.has(`${name}.json`) || name === 'missing-schema').sort();
}

function errorOf(action: () => unknown): unknown {
  try {
    action();
    return undefined;
  } catch (error) {
    return error;
  }
}
