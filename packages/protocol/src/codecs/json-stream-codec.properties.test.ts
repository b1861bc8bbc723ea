import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { ProtocolError } from '../errors/protocol-error.ts';
import { bytes, cutAt, decodeAll } from './decoding.test-kit.ts';
import { JsonStreamCodec } from './json-stream-codec.ts';
import type { JsonObject, JsonValue } from './json/json-value.ts';

const unsafeInteger = fc
  .bigInt({ min: -(2n ** 80n), max: 2n ** 80n })
  .filter((integer) => !Number.isSafeInteger(Number(integer)));
const exactNumber = fc
  .double({ noDefaultInfinity: true, noNaN: true })
  .filter((number) => Number.isSafeInteger(number) || !Number.isInteger(number))
  .map((number) => (Object.is(number, -0) ? 0 : number)); // JSON.stringify, too, drops the sign of zero
const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.stringMatching(/^["\\{}[\],:]*$/));
const name = fc.oneof({ weight: 20, arbitrary: text }, { weight: 1, arbitrary: fc.constant('__proto__') });

/** An object of which each name is an own one, `__proto__` included. */
function toObject(members: readonly (readonly [string, JsonValue])[]): JsonObject {
  return Object.fromEntries(members);
}

const { object, safeObject } = fc.letrec<{
  readonly value: JsonValue;
  readonly object: JsonObject;
  readonly safeValue: JsonValue;
  readonly safeObject: JsonObject;
}>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc.constantFrom(null, true, false),
    exactNumber,
    fc.maxSafeInteger(),
    unsafeInteger,
    text,
    fc.array(tie('value'), { maxLength: 4 }),
    tie('object'),
  ),
  object: fc.array(fc.tuple(name, tie('value')), { maxLength: 5 }).map(toObject),
  safeValue: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom(null, true, false),
    fc.maxSafeInteger(),
    text,
    fc.array(tie('safeValue'), { maxLength: 4 }),
    tie('safeObject'),
  ),
  safeObject: fc.array(fc.tuple(name, tie('safeValue')), { maxLength: 5 }).map(toObject),
}));

const fractions = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 20 });
const separator = fc.constantFrom('', '\n', '\r\n', ' ', '\n\n');

/** A stream of messages, in every way of printing that is allowed. */
const stream = fc
  .array(fc.record({ message: safeObject, indent: fc.constantFrom(0, 4), separator }), { maxLength: 12 })
  .map((parts) => ({
    messages: parts.map(({ message }) => message),
    bytes: bytes(...parts.map((part) => JSON.stringify(part.message, undefined, part.indent) + part.separator)),
  }));

/** Pieces of JSON and of what is none, glued together. */
const garbage = fc
  .array(
    fc.oneof(
      fc.constantFrom('{', '}', '[', ']', '"', ',', ':', '\\', '\n', ' ', '0', '-', '1e999', 'nan', '9'.repeat(20)),
      fc.constantFrom('{"a":1}', '{"a":[{"b":"c"}]}\n', '"a":', 'true', '\ufeff', `{"long":"${'x'.repeat(1100)}"}`),
      fc.constantFrom(0xff, 0xfe, 0x80, 0xe2, 0xc3),
      fc.uint8Array({ maxLength: 4 }),
    ),
    { maxLength: 30 },
  )
  .map((parts) => bytes(...parts));

describe('JsonStreamCodec', () => {
  test.prop([stream, fractions])('decodes a stream the same however it is cut', ({ messages, bytes: all }, cuts) => {
    expect(decodeAll(new JsonStreamCodec(), cutAt(all, cuts))).toStrictEqual({ messages });
  });

  test.prop([fc.array(object), separator, fractions])('decodes what it has encoded', (messages, between, cuts) => {
    const codec = new JsonStreamCodec();
    const all = bytes(...messages.map((message) => codec.encode(message) + between));

    expect(decodeAll(codec, cutAt(all, cuts))).toStrictEqual({ messages });
  });

  test.prop([safeObject])('encodes what JSON.stringify would', (message) => {
    expect(new JsonStreamCodec().encode(message)).toBe(JSON.stringify(message));
  });

  test.prop([garbage, fractions], { numRuns: 1000 })(
    'says the same to garbage however it is cut, and throws nothing but protocol errors',
    (all, cuts) => {
      const whole = decodeAll(new JsonStreamCodec(), [all]);
      const cut = decodeAll(new JsonStreamCodec(), cutAt(all, cuts));

      expect(cut.messages).toStrictEqual(whole.messages);
      expect(cut.fault?.constructor).toBe(whole.fault?.constructor);
      if (whole.fault !== undefined) expect(whole.fault).toBeInstanceOf(ProtocolError);
    },
  );

  test.prop([garbage, fc.integer({ min: 1, max: 2000 }), fractions], { numRuns: 500 })(
    'hands over no message that is larger than its limit',
    (all, maxMessageBytes, cuts) => {
      const codec = new JsonStreamCodec({ maxMessageBytes });
      const { messages, fault } = decodeAll(codec, cutAt(all, cuts));

      for (const message of messages) expect(bytes(codec.encode(message)).length).toBeLessThanOrEqual(maxMessageBytes);
      if (fault !== undefined) expect(fault).toBeInstanceOf(ProtocolError);
    },
  );
});
