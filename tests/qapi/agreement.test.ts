import {
  readIntrospection,
  type QapiModel,
  schemaDiff,
  type SchemaDifference,
  validate,
  validateReturn,
} from '@qmp/qapi';
import { readSchema } from '@qmp/qapi/node';
import { ExecuteError, type QmpClient } from 'qmp';
import { describe, expect, inject, it } from 'vitest';
import { connect, startQemu, startStorageDaemon } from '../qemu/qemu-process.ts';
import type { TestedVersion } from '../qemu/describe-versions.ts';
import { type Disagreement, ReplyComparison, type SchemaInfo } from './compare-reply.ts';
import { describeSchemas } from './describe-schemas.ts';
import { RandomSource } from './random-source.ts';
import { randomObject } from './random-value.ts';
import { agrees, complaintOf } from './schema-complaint.ts';

/** What both sides say. */
interface SchemaFacts {
  readonly source: QapiModel;
  /** What `query-qmp-schema` returned, and the same as a model. */
  readonly reply: readonly SchemaInfo[];
  readonly live: QapiModel;
}

/** A server that was built of a schema. */
interface Program {
  readonly name: 'QEMU' | 'the storage daemon';
  /** Where its schema is, in the source. */
  readonly folder: string;
  /** How many facts there are at least, so that not finding any does not pass for agreement. */
  readonly leastFacts: number;
  start(version: TestedVersion<'qemu' | 'storageDaemon'>): Promise<QmpClient>;
}

/** Where the integers of all widths begin and end, and a fraction. */
const EDGES = [7n, 8n, 15n, 16n, 31n, 32n, 63n, 64n]
  .flatMap((bits): (bigint | number)[] => [-(2n ** bits) - 1n, -(2n ** bits), 2n ** bits - 1n, 2n ** bits])
  .concat([0, 0.5]);

const programs: readonly Program[] = [
  {
    name: 'QEMU',
    folder: '.',
    leastFacts: 8_000,
    start: (version) => connect(startQemu(version, ['-machine', 'q35', '-S'])),
  },
  {
    name: 'the storage daemon',
    folder: 'storage-daemon',
    leastFacts: 4_000,
    start: (version) => connect(startStorageDaemon(version)),
  },
];

/**
 * Why a schema's source may have something that a QEMU built of it has not: it was built without it. There is no other
 * reason: widths of integers do not count where one side does not tell them, and what the source alone tells (conditions,
 * versions, documentation, names of types) is no difference on the wire.
 */
function isExplained({ kind, condition }: SchemaDifference): boolean {
  return kind.endsWith('removed') && condition !== undefined;
}

function isUnexplained({ what, condition }: Disagreement): boolean {
  return what !== 'only in the source' || condition === undefined;
}

/** Those that commands and events lead to. A type that something uses which was not built in may be there, too. */
function usedEntries(reply: readonly SchemaInfo[]): SchemaInfo[] {
  const used = new Set(reply.filter((entry) => ['command', 'event'].includes(entry['meta-type'])));
  // Grows while it is walked through.
  for (const entry of used) {
    const { members = [], variants = [] } = entry;
    const names = [entry['arg-type'], entry['ret-type'], entry['element-type']];
    for (const { type } of [...members, ...variants]) names.push(type);
    for (const each of reply) if (names.includes(each.name)) used.add(each);
  }
  return [...used];
}

/** The reply with one member or value less, in several ways. */
function withoutOne(reply: readonly SchemaInfo[], ways: number): [what: string, reply: SchemaInfo[]][] {
  const random = new RandomSource(3);
  const rich = usedEntries(reply).filter(({ members = [], tag }) => members.length > 0 && tag === undefined);
  return Array.from({ length: ways }, () => {
    const entry = random.pick(rich);
    const { members = [] } = entry;
    const gone = random.pick(members);
    const less = { ...entry, members: members.filter((member) => member !== gone) };
    return [`${entry.name}.${gone.name ?? gone.type}`, reply.map((each) => (each === entry ? less : each))];
  });
}

describe('the schema of the source agrees with what the program that was built of it says of itself:', () => {
  describeSchemas('folder', (version, root) => {
    const qemu = inject('testedQemu').find((tested) => tested.version === version);
    const isThere = qemu?.qemu !== undefined && qemu.storageDaemon !== undefined;
    describe.skipIf(!isThere).each(programs)(`$name${isThere ? '' : ' (left out: it is not installed)'}`, (program) => {
      let known: Promise<SchemaFacts> | undefined;
      const learn = (): Promise<SchemaFacts> => (known ??= readFacts());

      function start(): Promise<QmpClient> {
        return program.start(qemu as TestedVersion<'qemu' | 'storageDaemon'>);
      }

      async function readFacts(): Promise<SchemaFacts> {
        const reply = await (await start()).executeRaw('query-qmp-schema');
        const source = await readSchema(`${root}/${program.folder}`);
        const live = readIntrospection(reply, { names: source });
        return { source, reply: reply as unknown as SchemaInfo[], live };
      }

      it('every command, event, member, value and branch is there, and the same', async () => {
        const { source, reply } = await learn();
        const { facts, disagreements } = new ReplyComparison(reply, source);
        expect(disagreements.filter(isUnexplained)).toEqual([]);
        expect(facts).toBeGreaterThan(program.leastFacts);
      });

      it('schemaDiff finds what was not built in, and nothing else', async () => {
        const { source, live } = await learn();
        const differences = schemaDiff(source, live);
        expect(differences.filter((difference) => !isExplained(difference))).toEqual([]);
        expect(differences.every(({ users }) => users.length > 0)).toBe(true);
      });

      it('neither comparison would miss anything', async () => {
        const { source, reply, live } = await learn();
        const { disagreements } = new ReplyComparison(reply, source);
        for (const [what, less] of withoutOne(reply, 15)) {
          const count = new ReplyComparison(less, source).disagreements.length;
          const found = schemaDiff(live, readIntrospection(less)).length;
          expect({ what, isFound: [count > disagreements.length, found > 0] }).toEqual({ what, isFound: [true, true] });
        }
      });

      it('every name of a type is recovered', async () => {
        const { source, live } = await learn();
        expect([...live.types.keys()].filter((name) => !source.types.has(name))).toEqual([]);
        expect(live.types.size).toBeGreaterThan(250);
      });

      it('what is right for the one is right for the other', async () => {
        const { source, live } = await learn();
        const random = new RandomSource(2);
        for (const { name, arguments: type } of live.commands.values()) {
          if (type === undefined) continue;
          for (let sample = 0; sample < 5; sample++) {
            const args = randomObject(type, random);
            expect({ name, args, issues: validate(source, name, args) }).toEqual({ name, args, issues: [] });
          }
        }
      });

      it('integers are taken by their widths, and no others', async () => {
        const { source, live } = await learn();
        const client = await start();
        const random = new RandomSource(5);
        const disagreements: unknown[] = [];
        const widths = new Set<string>();
        for (const { name, arguments: type } of live.commands.values()) {
          for (const member of type?.members.keys() ?? []) {
            const integer = source.command(name)?.argument(member)?.type;
            if (type === undefined || integer?.kind !== 'builtin' || !/int|size/.test(integer.name)) continue;
            widths.add(integer.name);
            for (let sample = 0; sample < 8; sample++) {
              const value = random.pick(EDGES);
              const args = { ...randomObject(type, random), [member]: value };
              const complaint = await complaintOf(client, name, args);
              const issues = validate(source, name, args);
              if (!agrees(complaint, issues))
                disagreements.push({ name, member, type: integer.name, value, complaint });
            }
          }
        }
        expect(disagreements).toEqual([]);
        expect(widths.size).toBeGreaterThan(2);
      });

      it('what it returns is as both say', async () => {
        const { source, live } = await learn();
        const client = await start();
        let answered = 0;
        for (const { name, arguments: type } of live.commands.values()) {
          const isOptional = [...(type?.members.values() ?? [])].every((member) => member.isOptional);
          if (!/^(?:x-)?query-/.test(name) || !isOptional) continue;
          const value = await client.executeRaw(name).catch((error: unknown) => error);
          // Many need a guest of another kind.
          if (value instanceof ExecuteError) continue;
          answered += 1;
          expect({ name, issues: validateReturn(live, name, value) }).toEqual({ name, issues: [] });
          expect({ name, issues: validateReturn(source, name, value) }).toEqual({ name, issues: [] });
        }
        expect(answered).toBeGreaterThan(5);
      });
    });
  });
});
