import { type QapiCommand, type QapiModel, readIntrospection, validate } from '@qmp/qapi';
import type { QmpClient } from 'qmp';
import { describe, expect, it } from 'vitest';
import { describeVersions } from '../qemu/describe-versions.ts';
import { connect, startQemu, startStorageDaemon } from '../qemu/qemu-process.ts';
import { mutate } from './mutate.ts';
import { RandomSource } from './random-source.ts';
import { randomObject } from './random-value.ts';
import { agrees, complaintOf } from './schema-complaint.ts';

const SAMPLES = 12;

/** Those whose arguments QEMU checks: the others it parses by hand, or refuses before it looks at them. */
function checkedCommands(model: QapiModel): QapiCommand[] {
  return [...model.commands.values()].filter(
    ({ name, definition }) => definition.open !== true && name !== 'qmp_capabilities' && name !== 'query-qmp-schema',
  );
}

async function expectAgreement(client: QmpClient): Promise<void> {
  const model = readIntrospection(await client.executeRaw('query-qmp-schema'));
  const random = new RandomSource(1);
  const disagreements: unknown[] = [];
  let [valid, invalid] = [0, 0];
  for (const command of checkedCommands(model)) {
    for (let sample = 0; sample < SAMPLES; sample++) {
      const sound = command.arguments === undefined ? {} : randomObject(command.arguments, random);
      const args = sample % 2 === 0 ? sound : mutate(sound, random);
      const issues = validate(model, command.name, args);
      const complaint = await complaintOf(client, command.name, args);
      if (issues.length === 0) valid += 1;
      else invalid += 1;
      if (!agrees(complaint, issues)) {
        disagreements.push({ command: command.name, args, complaint, issues: issues.map(({ message }) => message) });
      }
      if (sample % 2 === 0) expect(issues).toEqual([]);
    }
  }
  expect(disagreements).toEqual([]);
  expect(Math.min(valid, invalid)).toBeGreaterThan(model.commands.size);
}

describe('validate agrees with the real one about the arguments of every command:', () => {
  describeVersions('qemu', (version) => {
    it('what it takes and what it refuses, and why', async () => {
      await expectAgreement(await connect(startQemu(version)));
    });
  });

  describeVersions('storageDaemon', (version) => {
    it('what it takes and what it refuses, and why', async () => {
      await expectAgreement(await connect(startStorageDaemon(version)));
    });
  });
});
