import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { QmpClient } from 'qmp';
import type { GuestAgent } from 'qmp/schema/guest-agent-11.1';
import { describe, expect, it } from 'vitest';
import { findTrees } from '../../tools/schemas/find-trees.mjs';
import { generateSchemas, typesOf } from '../../tools/schemas/generate-schemas.mjs';
import { newestVersion, type Program, programs, versions } from '../../tools/schemas/programs.mjs';
import { shippedModel } from '../../tools/schemas/shipped-model.mjs';
import { describeVersions } from '../qemu/describe-versions.ts';
import { connect, startGuestAgent, startQemu, startStorageDaemon } from '../qemu/qemu-process.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

const [qemu, storageDaemon, guestAgent] = programs as readonly [Program, Program, Program];

const schemas = programs.flatMap((program) => versions.map((version) => ({ program, version })));

function typesFile(name: string, version: string): string {
  return readFileSync(join(ROOT, `packages/qmp/src/schema/types/${name}-${version}.gen.ts`), 'utf8');
}

/** Of which release a generated file says that it is. */
function releaseOf(text: string): string {
  return / (\d+\.\d+\.\d+): /.exec(text)?.[1] ?? '';
}

describe.each(schemas)('the schema of $program.name $version', ({ program, version }) => {
  it('is the same as types and as a table, to the byte', async () => {
    const text = typesFile(program.name, version);
    const release = releaseOf(text);
    expect(release.startsWith(`${version}.`)).toBe(true);
    const model = await shippedModel(program, version);
    expect(typesOf(model, program, release, await shippedModel(program, newestVersion))).toBe(text);
  });

  it('has an entry for each command and each event, and no type of which nothing is known', async () => {
    const { commands, events } = await shippedModel(program, version);
    const text = typesFile(program.name, version);
    const entries = Array.from(
      text.matchAll(/^ {2}readonly '?([\w-]+)'?: (?:\{|undefined;|\w+;)/gm),
      ([, name]) => name,
    );
    expect(entries).toEqual(expect.arrayContaining([...commands.keys(), ...events.keys()]));
    expect(text.replaceAll(/\/\*\*.*?\*\/|'[^']*'/gs, '')).not.toMatch(/\b(?:any|unknown|object)\b(?!\??:)/);
  });
});

describe.each(versions)('the schema of %s, generated anew', (version) => {
  const { trees, missing } = findTrees();
  const tree = trees.find((each) => each.version === version);
  const release = releaseOf(typesFile('qemu', version));

  it('is what is shipped, to the byte', async ({ skip }) => {
    if (tree === undefined) return skip(missing.join('; '));
    skip(tree.release !== release, `the source at hand is that of ${tree.release}, the one shipped of ${release}`);
    const generated = await generateSchemas(tree, async (program) => await shippedModel(program, newestVersion));
    const different = [...generated].filter(([path, text]) => readFileSync(join(ROOT, path), 'utf8') !== text);
    expect(generated.size).toBe(2 * programs.length);
    expect(different.map(([path]) => path)).toEqual([]);
  });
});

/** The commands and events of a real one, by its own word. */
async function namesOf(client: QmpClient): Promise<{ readonly commands: string[]; readonly events: string[] }> {
  const schema = await client.execute('query-qmp-schema');
  const names = (kind: string) => schema.flatMap((entry) => (entry['meta-type'] === kind ? [entry.name] : []));
  return { commands: names('command'), events: names('event') };
}

describeVersions('qemu', (version) => {
  it('has nothing that the shipped schema lacks', async ({ skip }) => {
    skip(!versions.includes(version.version), 'no schema of this version is shipped');
    const model = await shippedModel(qemu, version.version);
    const { commands, events } = await namesOf(await connect(startQemu(version)));
    expect([...model.commands.keys()]).toEqual(expect.arrayContaining(commands));
    expect([...model.events.keys()]).toEqual(expect.arrayContaining(events));
  });
});

describeVersions('storageDaemon', (version) => {
  it('has nothing that the shipped schema lacks', async ({ skip }) => {
    skip(!versions.includes(version.version), 'no schema of this version is shipped');
    const model = await shippedModel(storageDaemon, version.version);
    const { commands, events } = await namesOf(await connect(startStorageDaemon(version)));
    expect([...model.commands.keys()]).toEqual(expect.arrayContaining(commands));
    expect([...model.events.keys()]).toEqual(expect.arrayContaining(events));
  });
});

describeVersions('guestAgent', (version) => {
  it('has nothing that the shipped schema lacks', async ({ skip }) => {
    skip(!versions.includes(version.version), 'no schema of this version is shipped');
    const model = await shippedModel(guestAgent, version.version);
    const options = { awaitGreeting: false, negotiate: false, oob: false };
    const agent = await connect<GuestAgent>(startGuestAgent(version), options);
    const { supported_commands: commands } = await agent.execute('guest-info');
    expect([...model.commands.keys()]).toEqual(expect.arrayContaining(commands.map(({ name }) => name)));
  });
});
