import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { QapiModel } from '@qmp/qapi';
import { describe, expect, it } from 'vitest';
import { findTrees } from '../../tools/schemas/find-trees.mjs';
import { generateSchemas, typesOf } from '../../tools/schemas/generate-schemas.mjs';
import { programs, versions } from '../../tools/schemas/programs.mjs';
import { describeVersions } from '../qemu/describe-versions.ts';
import { connect, startQemu, startStorageDaemon } from '../qemu/qemu-process.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

const schemas = programs.flatMap((program) => versions.map((version) => ({ program, version })));

async function loadModel(name: string, version: string): Promise<QapiModel> {
  const module = (await import(`../../packages/qmp/src/schema/${name}-${version}.ts`)) as {
    readonly loadModel: () => Promise<QapiModel>;
  };
  return await module.loadModel();
}

function typesFile(name: string, version: string): string {
  return readFileSync(join(ROOT, `packages/qmp/src/schema/types/${name}-${version}.gen.ts`), 'utf8');
}

describe.each(schemas)('the schema of $program.name $version', ({ program, version }) => {
  it('is the same as types and as a table, to the byte', async () => {
    const text = typesFile(program.name, version);
    const [, release = ''] = / (\d+\.\d+\.\d+): /.exec(text) ?? [];
    expect(release).toMatch(new RegExp(`^${RegExp.escape(version)}\\.`));
    expect(typesOf(await loadModel(program.name, version), program, release)).toBe(text);
  });

  it('has an entry for each command and each event, and no type of which nothing is known', async () => {
    const { commands, events } = await loadModel(program.name, version);
    const text = typesFile(program.name, version);
    const entries = Array.from(text.matchAll(/^ {2}readonly '?([\w-]+)'?: (?:\{|undefined;|\w+;)/gm), ([, name]) => name);
    expect(entries).toEqual(expect.arrayContaining([...commands.keys(), ...events.keys()]));
    expect(text.replaceAll(/\/\*\*.*?\*\/|'[^']*'/gs, '')).not.toMatch(/\b(?:any|unknown|object)\b/);
  });
});

describe.each(versions)('the schema of %s, generated anew', (version) => {
  const { trees, missing } = findTrees();
  const tree = trees.find((each) => each.version === version);

  it('is what is shipped, to the byte', ({ skip }) => {
    if (tree === undefined) return skip(`not compared with its source: ${missing.join('; ')}`);
    for (const [path, text] of generateSchemas(tree)) expect(readFileSync(join(ROOT, path), 'utf8'), path).toBe(text);
  });
});

describeVersions('qemu', (version) => {
  it('has every command and event of the real one', async ({ skip }) => {
    skip(!versions.includes(version.version), 'no schema of this version is shipped');
    const model = await loadModel('qemu', version.version);
    const client = await connect(startQemu(version));
    const schema = await client.execute('query-qmp-schema');
    const names = (kind: string) => schema.flatMap((entry) => (entry['meta-type'] === kind ? [entry.name] : []));
    expect([...model.commands.keys()]).toEqual(expect.arrayContaining(names('command')));
    expect([...model.events.keys()]).toEqual(expect.arrayContaining(names('event')));
  });
});

describeVersions('storageDaemon', (version) => {
  it('has every command and event of the real one', async ({ skip }) => {
    skip(!versions.includes(version.version), 'no schema of this version is shipped');
    const model = await loadModel('storage-daemon', version.version);
    const client = await connect(startStorageDaemon(version));
    const schema = await client.execute('query-qmp-schema');
    const names = (kind: string) => schema.flatMap((entry) => (entry['meta-type'] === kind ? [entry.name] : []));
    expect([...model.commands.keys()]).toEqual(expect.arrayContaining(names('command')));
    expect([...model.events.keys()]).toEqual(expect.arrayContaining(names('event')));
  });
});
