import type { JsonObject, JsonValue } from '@qmp/protocol/codecs';
import { QapiModel, readIntrospection, SchemaError } from '@qmp/qapi';
import { describe, expect, it } from 'vitest';
import { describeVersions } from '../qemu/describe-versions.ts';
import { connect, type Listening, startQemu, startStorageDaemon } from '../qemu/qemu-process.ts';
import { RandomSource } from './random-source.ts';

const MUTANTS = 40;

/** What else may stand somewhere in a reply. */
function stranger(reply: readonly JsonValue[], random: RandomSource): JsonValue {
  const { name } = random.pick(reply) as { readonly name: string };
  return random.pick<JsonValue>([
    null,
    0,
    true,
    '',
    [],
    {},
    name,
    `[${name}]`,
    'object',
    'constructor',
    [name],
    [{ name }],
  ]);
}

/** The reply with something else in one of its places; what is not on the way there is the same. */
function mutant(value: JsonValue, random: RandomSource, by: JsonValue): JsonValue {
  if (typeof value !== 'object' || value === null || random.oneIn(8)) return by;
  if (Array.isArray(value)) {
    const place = random.below(value.length);
    return (value as readonly JsonValue[]).map((item, index) => (index === place ? mutant(item, random, by) : item));
  }
  const members = value as JsonObject;
  const names = Object.keys(members);
  if (names.length === 0) return by;
  const name = random.pick(names);
  return { ...members, [name]: mutant(members[name] ?? null, random, by) };
}

async function replyOf(listening: Listening): Promise<readonly JsonValue[]> {
  const client = await connect(listening);
  return (await client.executeRaw('query-qmp-schema')) as readonly JsonValue[];
}

function expectToSurvive(reply: readonly JsonValue[]): void {
  const random = new RandomSource(4);
  let refused = 0;
  for (let count = 0; count < MUTANTS; count++) {
    let mutated: JsonValue = reply;
    for (let faults = 0; faults <= count % 3; faults++) {
      mutated = mutant(mutated, random, stranger(reply, random));
    }
    try {
      expect(readIntrospection(mutated)).toBeInstanceOf(QapiModel);
    } catch (error) {
      expect(error).toBeInstanceOf(SchemaError);
      refused += 1;
    }
  }
  expect(refused).toBeGreaterThan(MUTANTS / 4);
}

describe('readIntrospection', () => {
  describeVersions('qemu', (version) => {
    it('reads what QEMU says of itself, in whatever order, and what is wrong with that', async () => {
      const reply = await replyOf(startQemu(version));
      const model = readIntrospection(reply);
      expect(model.commands.size).toBeGreaterThan(180);
      expect(model.events.size).toBeGreaterThan(40);
      expect([...model.types.keys()].every((name) => /^[A-Z]\w{2,80}$/.test(name))).toBe(true);
      expect(model.command('blockdev-add')?.argument('lazy-refcounts')?.isOptional).toBe(true);
      expect(model.command('device_add')?.definition.open).toBe(true);
      expect(readIntrospection([...reply].reverse()).definitions).toEqual(model.definitions);
      expectToSurvive(reply);
    });

    it('reads the same with its own names for names', async () => {
      const reply = await replyOf(startQemu(version));
      const model = readIntrospection(reply);
      expect(readIntrospection(reply, { names: model }).definitions).toEqual(model.definitions);
    });

    it('reads what is left where QEMU hides what is deprecated', async ({ skip }) => {
      skip(version.major < 6, 'older ones hide nothing');
      const all = readIntrospection(await replyOf(startQemu(version)));
      const rest = readIntrospection(await replyOf(startQemu(version, ['-compat', 'deprecated-output=hide'])));
      const deprecated = [...all.commands.values()].filter(({ isDeprecated }) => isDeprecated);
      expect(deprecated.length).toBeGreaterThan(0);
      expect(deprecated.filter(({ name }) => rest.commands.has(name))).toEqual([]);
      expect(rest.commands.size).toBe(all.commands.size - deprecated.length);
    });
  });

  describeVersions('storageDaemon', (version) => {
    it('reads what the storage daemon says of itself, and what is wrong with that', async () => {
      const reply = await replyOf(startStorageDaemon(version));
      const model = readIntrospection(reply);
      expect(model.commands.size).toBeGreaterThan(50);
      expect(model.command('block-export-add')?.arguments?.tag?.name).toBe('type');
      expectToSurvive(reply);
    });
  });
});
