import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readSchema } from './read-schema.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'read-schema-'));
  mkdirSync(join(folder, 'qapi'));
  mkdirSync(join(folder, 'qga'));
  writeFileSync(join(folder, 'qapi', 'qapi-schema.json'), "{ 'include': 'more.json' }");
  writeFileSync(join(folder, 'qapi', 'more.json'), "##\n# @quit:\n#\n# Ends it.\n##\n{ 'command': 'quit' }");
  writeFileSync(join(folder, 'qga', 'qapi-schema.json'), "{ 'include': '../qapi/more.json' }");
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('readSchema', () => {
  it.each(['', '/', '/qapi', '/qapi/qapi-schema.json', '/qapi/more.json', '/qga/'])(
    'finds the schema at "%s"',
    async (path) => {
      const model = await readSchema(`${folder}${path}`);
      expect([...model.commands.keys()]).toEqual(['quit']);
    },
  );

  it('passes options on', async () => {
    const model = await readSchema(folder, { documentation: true });
    expect(model.command('quit')?.definition.documentation).toBe('Ends it.');
  });

  it('says what is missing', async () => {
    await expect(readSchema(`${folder}/docs`)).rejects.toThrow(
      `"${folder}/docs" is no schema file, and no folder with qapi-schema.json or qapi/qapi-schema.json in it`,
    );
    rmSync(join(folder, 'qapi', 'more.json'));
    await expect(readSchema(folder)).rejects.toMatchObject({
      message: `${folder}/qapi/qapi-schema.json:1: there is no file "${folder}/qapi/more.json" to include`,
      file: `${folder}/qapi/qapi-schema.json`,
      line: 1,
    });
  });

  it('says which file cannot be read', async () => {
    const path = join(folder, 'qapi', 'more.json');
    rmSync(path);
    symlinkSync(path, path);
    await expect(readSchema(folder)).rejects.toMatchObject({
      name: 'SchemaError',
      message: `${path}: it cannot be read (ELOOP)`,
      cause: { code: 'ELOOP' },
    });
  });
});
