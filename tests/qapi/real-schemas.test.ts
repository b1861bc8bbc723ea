import { readSchema } from '@qmp/qapi/node';
import type { QapiModel, RulesVersion } from '@qmp/qapi';
import process from 'node:process';
import { describe, expect, it } from 'vitest';
import { describeSchemas } from './describe-schemas.ts';

/** How many there are of each kind, and of the values of all enums. */
interface Counts {
  readonly commands: number;
  readonly events: number;
  readonly enums: number;
  readonly values: number;
  readonly structs: number;
  readonly unions: number;
  readonly alternates: number;
}

/** As QEMU's own generator counts them. */
const expected: Readonly<Record<string, Readonly<Record<string, Counts>>>> = {
  '7.2': {
    qapi: { commands: 220, events: 52, enums: 155, values: 987, structs: 418, unions: 39, alternates: 6 },
    qga: { commands: 42, events: 0, enums: 7, values: 33, structs: 32, unions: 3, alternates: 1 },
    'storage-daemon': { commands: 74, events: 13, enums: 78, values: 429, structs: 233, unions: 23, alternates: 5 },
  },
  '10.0': {
    qapi: { commands: 240, events: 56, enums: 181, values: 1137, structs: 468, unions: 43, alternates: 6 },
    qga: { commands: 44, events: 0, enums: 8, values: 38, structs: 34, unions: 3, alternates: 2 },
    'storage-daemon': { commands: 76, events: 13, enums: 79, values: 445, structs: 254, unions: 25, alternates: 5 },
  },
  '11.1': {
    qapi: { commands: 243, events: 57, enums: 186, values: 1192, structs: 490, unions: 43, alternates: 7 },
    qga: { commands: 44, events: 0, enums: 8, values: 38, structs: 34, unions: 3, alternates: 2 },
    'storage-daemon': { commands: 77, events: 13, enums: 81, values: 452, structs: 261, unions: 25, alternates: 6 },
  },
};

describeSchemas('folder', (version, folder) => {
  describe.each(Object.entries(expected[version] ?? {}))('in %s', (program, counts) => {
    it('is read in under a second, with all that it defines', async () => {
      // Of this process alone: others may keep the machine busy.
      const before = process.cpuUsage();
      const model = await readSchema(`${folder}/${program}`);
      expect(process.cpuUsage(before).user / 1_000).toBeLessThan(1_000);
      expect(countsOf(model)).toEqual(counts);
    });

    it('keeps the rules of its version', async () => {
      const model = await readSchema(`${folder}/${program}`, { rules: version as RulesVersion });
      expect(countsOf(model)).toEqual(counts);
    });

    it('says of nearly everything since when it is there', async () => {
      const { definitions } = await readSchema(`${folder}/${program}`);
      const silent = definitions.filter(({ since }) => since === undefined);
      expect(silent.length).toBeLessThanOrEqual(10);
      expect(definitions.every(({ since = '0.1' }) => /^\d+(?:\.\d+)+$/.test(since))).toBe(true);
    });

    it('has its documentation where it is asked for', async () => {
      const { definitions } = await readSchema(`${folder}/${program}`);
      const documented = await readSchema(`${folder}/${program}`, { documentation: true });
      const isDocumented = (text: string): boolean => /[dD]ocumentation"/.test(text);
      expect(isDocumented(JSON.stringify(definitions))).toBe(false);
      const withText = documented.definitions.filter((definition) => isDocumented(JSON.stringify(definition)));
      expect(withText.length).toBeGreaterThan(definitions.length * 0.9);
    });
  });
});

function countsOf({ definitions, commands, events }: QapiModel): Counts {
  const objects = definitions.filter((definition) => definition.kind === 'object');
  const enums = definitions.filter((definition) => definition.kind === 'enum');
  return {
    commands: commands.size,
    events: events.size,
    enums: enums.length,
    values: enums.reduce((sum, { values }) => sum + values.length, 0),
    structs: objects.filter(({ tag }) => tag === undefined).length,
    unions: objects.filter(({ tag }) => tag !== undefined).length,
    alternates: definitions.filter(({ kind }) => kind === 'alternate').length,
  };
}
