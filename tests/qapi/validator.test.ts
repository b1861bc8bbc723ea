import type { JsonObject } from '@qmp/protocol/codecs';
import { type QapiCommand, QapiModel, readIntrospection, validate, type ValidationIssue } from '@qmp/qapi';
import { ExecuteError, type QmpClient } from 'qmp';
import { describe, expect, it } from 'vitest';
import { describeVersions } from '../qemu/describe-versions.ts';
import { connect, startQemu, startStorageDaemon } from '../qemu/qemu-process.ts';
import { mutate } from './mutate.ts';
import { RandomSource } from './random-source.ts';
import { randomObject } from './random-value.ts';

/**
 * A member that no command has. QEMU looks at it last and refuses it: where it complains about nothing else, it has
 * taken all else. And nothing is ever executed.
 */
const MARKER = 'zz-no-such-member';

const SAMPLES = 12;

/** What QEMU says of arguments that do not fit its schema, in all its versions. */
const COMPLAINTS = [
  /^Parameter '(?<path>.*)' is (?:missing|unexpected)$/,
  /^Invalid parameter type for '(?<path>.*)', expected: /,
  /^Parameter '(?<path>.*)' does not accept value /,
  /^Parameter '(?<path>.*)' expects /,
  /^Invalid parameter '(?<value>.*)'$/,
];

/** Those whose arguments QEMU checks: the others it parses by hand, or refuses before it looks at them. */
function checkedCommands(model: QapiModel): QapiCommand[] {
  return [...model.commands.values()].filter(
    ({ name, definition }) => definition.open !== true && name !== 'qmp_capabilities' && name !== 'query-qmp-schema',
  );
}

/** What QEMU says of a command that cannot succeed. */
async function complaintOf(client: QmpClient, command: string, args: JsonObject): Promise<string> {
  const outcome = await client.executeRaw(command, { ...args, [MARKER]: 1 }).catch((error: unknown) => error);
  if (outcome instanceof ExecuteError) return outcome.description;
  throw new Error(`${command} ${JSON.stringify(args)} was not refused`, { cause: outcome });
}

/** Whether QEMU complains about one of the issues, or about nothing where there is none. */
function agrees(complaint: string, issues: readonly ValidationIssue[]): boolean {
  const named = COMPLAINTS.map((pattern) => pattern.exec(complaint)?.groups).find((groups) => groups !== undefined);
  if (named === undefined) return false;
  const { path, value } = named;
  // Of several unexpected members QEMU names any.
  if (path === MARKER) return issues.every((issue) => issue.kind === 'unexpected' && !/[.[]/.test(issue.path));
  // Before 6.2 it names a value that an enum does not have; ranges and values only with the member's own name.
  if (value !== undefined) return issues.some((issue) => issue.found === JSON.stringify(value) || issue.path === value);
  // An item of an array has no name of its own; QEMU calls it so.
  if (path === 'null') return issues.some((issue) => issue.path.endsWith(']'));
  return issues.some((issue) => issue.path === path || issue.path.endsWith(`.${path}`));
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
