import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { QapiModel } from '../model/qapi-model.ts';
import { SchemaError } from '../model/schema-error.ts';
import { readIntrospection } from './read-introspection.ts';
import { someReply } from './schema-reply.test-kit.ts';

const names = someReply.map(({ name }) => name);
const known = fc.constantFrom<unknown>(
  ...names,
  'command',
  'event',
  'object',
  'enum',
  'array',
  '__proto__',
  'toString',
);

/** What stands somewhere in a reply: something that is right elsewhere, or anything at all. */
const replacement = fc.oneof(known, fc.jsonValue(), fc.constant(undefined), fc.constant([]), fc.constant({}));

/** Whatever it is, it becomes a model or is a schema that is none. */
function expectModelOrError(reply: unknown): void {
  try {
    expect(readIntrospection(reply, { names: readIntrospection(someReply) })).toBeInstanceOf(QapiModel);
  } catch (error) {
    expect(error).toBeInstanceOf(SchemaError);
    expect((error as SchemaError).message.length).toBeGreaterThan(10);
  }
}

/** The value with another in one of its places. */
function replaced(value: unknown, place: number, by: unknown): unknown {
  let countdown = place;
  return JSON.parse(JSON.stringify(value ?? null), (_, part: unknown) => {
    countdown -= 1;
    return countdown === 0 ? by : part;
  }) as unknown;
}

describe('readIntrospection', () => {
  test.prop([fc.jsonValue()])('takes any JSON or says what is wrong', (reply) => {
    expectModelOrError(reply);
  });

  test.prop([fc.array(fc.tuple(fc.nat(500), replacement), { minLength: 1, maxLength: 4 })], { numRuns: 1_000 })(
    'takes a reply with faults in it or says what is wrong',
    (faults) => {
      let reply: unknown = someReply;
      for (const [place, by] of faults) reply = replaced(reply, place, by);
      expectModelOrError(reply);
    },
  );
});
