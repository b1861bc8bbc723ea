import { describe, expect, it } from 'vitest';
import { DeserializationError, MessageTooLargeError, UnexpectedTypeError } from './codec-errors.ts';
import { bytes, decodeAll, decodeOpen, inChunks } from './decoding.test-kit.ts';
import { JsonStreamCodec } from './json-stream-codec.ts';

const decode = (...chunks: readonly (string | Uint8Array)[]) => decodeOpen(new JsonStreamCodec(), ...chunks);

function faultOf(...chunks: readonly (string | Uint8Array)[]): unknown {
  return decode(...chunks).fault;
}

describe('what JsonStreamCodec says to text that is no JSON', () => {
  it.each([
    ['HTTP/1.1 400 Bad Request\r\nServer: x\r\n', 'HTTP/1.1 400 Bad Request'],
    ['(qemu) ', '(qemu) '],
    ["QEMU 11.1.0 monitor - type 'help'\r\n(qemu) ", "QEMU 11.1.0 monitor - type 'help'"],
    ['telnet', 'telnet'],
    ['ftp> ', 'ftp> '],
    ['}', '}'],
    ["{'a':1}", "{'a':1}"],
  ])('refuses %j at once and shows it', (text, raw) => {
    const fault = faultOf(text);

    expect(fault).toBeInstanceOf(DeserializationError);
    expect(fault).toMatchObject({ raw });
  });

  it('says what it expected and what it found', () => {
    expect(faultOf('HTTP/1.1 400 Bad Request\r\n')).toMatchObject({
      message: 'Broken JSON at character 1: expected a value, found "HTTP/1.1 400 Bad Request"',
    });
  });

  it('refuses a word as soon as it cannot become true, false or null', () => {
    expect(decode('t', 'r', 'u').fault).toBeUndefined();
    expect(faultOf('t', 'r', 'x')).toMatchObject({ raw: 'trx' });
  });

  it('shows at most 200 characters', () => {
    expect(faultOf('x'.repeat(1000))).toMatchObject({ raw: 'x'.repeat(200) });
  });

  it('refuses a byte order mark behind the first message', () => {
    expect(decode('{"a":1}\n', '\ufeff{"b":2}')).toMatchObject({
      messages: [{ a: 1 }],
      fault: { code: 'NOT_DESERIALIZABLE' },
    });
  });
});

describe('what JsonStreamCodec says to broken JSON', () => {
  it.each([
    ['{"a": nope}\r\n', 'Broken JSON at character 7: expected a value, found "nope}"'],
    ['{"a": inf}\n', 'Broken JSON at character 7: inf is not a number that JSON has'],
    ['{"a": -inf}\n', 'Broken JSON at character 7: -inf is not a number that JSON has'],
    ['{"a": [nan]}\n', 'Broken JSON at character 8: nan is not a number that JSON has'],
    ['{"a": NaN}\n', 'Broken JSON at character 7: NaN is not a number that JSON has'],
    ['{"a": Infinity}\n', 'Broken JSON at character 7: Infinity is not a number that JSON has'],
    ['-inf\n', 'Broken JSON at character 1: -inf is not a number that JSON has'],
    ['nan\n', 'Broken JSON at character 1: nan is not a number that JSON has'],
    ['{"a":1e400}\n', 'Broken JSON at character 6: the number 1e400 is too large for a double'],
    ['{"a":1]\n', 'Broken JSON at character 7: expected "," or "}", found "]"'],
    ['{"a":"x\n{"b":1}\n', 'Broken JSON at character 6: the text ends inside a string'],
    ['{"a":"x\ty"}\n', 'Broken JSON at character 8: a control character in a string is not escaped'],
    ['{"a":"\\x"}\n', 'Broken JSON at character 6: a string has an escape that JSON does not know'],
    ['{"a":1}{b:2}\n', 'Broken JSON at character 2: expected a member name in double quotes, found "b:2}"'],
  ])('explains %j', (text, message) => {
    expect(faultOf(text)).toMatchObject({ name: 'DeserializationError', message });
    expect(decodeAll(new JsonStreamCodec(), inChunks(bytes(text), 1)).fault).toMatchObject({
      name: 'DeserializationError',
    });
  });

  it('yields what stood before it', () => {
    expect(decode('{"a":1}\n{"b":2}\n{"c":}\n{"d":4}\n')).toMatchObject({
      messages: [{ a: 1 }, { b: 2 }],
      fault: { raw: '{"c":}' },
    });
  });
});

describe('what JsonStreamCodec says to values that are no objects', () => {
  it.each([
    ['42\n', 42, '42'],
    ['-1.5 ', -1.5, '-1.5'],
    ['18446744073709551615\n', 18_446_744_073_709_551_615n, '18446744073709551615'],
    ['"x"', 'x', '"x"'],
    ['"{\\"a\\":1}"\n', '{"a":1}', '"{\\"a\\":1}"'],
    ['[{"a":1}]', [{ a: 1 }], 'an array'],
    ['null', null, 'null'],
    ['true', true, 'true'],
    ['false\n', false, 'false'],
  ])('refuses %j with the value', (text, value, found) => {
    for (const size of [1, 100]) {
      const codec = new JsonStreamCodec();
      const { fault } = decodeOpen(codec, ...inChunks(bytes(text), size));
      expect(fault).toBeInstanceOf(UnexpectedTypeError);
      expect(fault).toMatchObject({ message: `Expected a JSON object, found ${found}`, value });
    }
  });

  it('waits for what ends a number', () => {
    expect(decode('4', '2').fault).toBeUndefined();
    expect(faultOf('4', '2', '{')).toMatchObject({ value: 42 });
    expect(decodeAll(new JsonStreamCodec(), [bytes('42')]).fault).toMatchObject({ value: 42 });
  });

  it('yields what stood before it in a block of lines', () => {
    expect(decode('{"a":1}\n{"b":2}\n[3]\n{"d":4}\n')).toMatchObject({
      messages: [{ a: 1 }, { b: 2 }],
      fault: { value: [3] },
    });
  });
});

describe('what JsonStreamCodec says to bytes that are not UTF-8', () => {
  it.each([
    ['a stray byte', bytes('{"a":"', 0xfe, '"}'), '0xfe', '{"a":"\ufffd"}'],
    ['a continuation byte', bytes('{"a":"', 0x80, '"}'), '0x80', '{"a":"\ufffd"}'],
    ['an overlong form', bytes('{"a":"', 0xc0, 0x80, '"}'), '0xc0', '{"a":"\ufffd\ufffd"}'],
    ['a surrogate', bytes('{"a":"', 0xed, 0xa0, 0x80, '"}'), '0xed', '{"a":"\ufffd\ufffd\ufffd"}'],
    ['a character that is cut off', bytes('{"a":"', 0xe2, 0x82, '"}'), '0xe2', '{"a":"\ufffd"}'],
    ['a mark inside a message', bytes('{"a":"', 0xff, '"}'), '0xff', '{"a":"\ufffd"}'],
    ['a stray byte between messages', bytes(0xc1, '{}'), '0xc1', '\ufffd{}'],
  ])('refuses %s and names it', (_what, chunk, byte, raw) => {
    expect(decode(bytes('{"ok":"é"}\n', chunk))).toMatchObject({
      messages: [{ ok: 'é' }],
      fault: { name: 'DeserializationError', message: `Expected UTF-8, found the byte ${byte}`, raw },
    });
  });

  it('refuses them behind a mark, too', () => {
    expect(decode(bytes(0xff, '{"a":1}', 0xff, '{"b":2}', 0xfe))).toMatchObject({
      messages: [{ a: 1 }, { b: 2 }],
      fault: { message: 'Expected UTF-8, found the byte 0xfe' },
    });
  });

  it('refuses a character that the next chunk does not complete', () => {
    expect(decode(bytes('{"a":"', 0xe2), '"}')).toMatchObject({ fault: { raw: '{"a":"\ufffd"}' } });
  });
});

describe('the nesting limit of JsonStreamCodec', () => {
  const nested = (levels: number) => `{"a":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`;

  it.each([1, 17, 100_000])('allows 1,024 levels and refuses 1,025, in chunks of %i bytes', (size) => {
    const decodeText = (text: string) => decodeAll(new JsonStreamCodec(), inChunks(bytes(text), size));

    expect(decodeText(`${nested(1024)}\n${nested(1024)}\n`).messages).toHaveLength(2);
    expect(decodeText(`{}\n${nested(1025)}\n`)).toMatchObject({
      messages: [{}],
      fault: {
        name: 'DeserializationError',
        message: 'Broken JSON at character 1029: arrays and objects nest deeper than 1024 levels',
      },
    });
  });

  it('survives a hundred thousand levels', () => {
    expect(faultOf(nested(100_000))).toBeInstanceOf(DeserializationError);
  });
});

describe('the size limit of JsonStreamCodec', () => {
  const limited = (limit: number, ...chunks: readonly string[]) =>
    decodeOpen(new JsonStreamCodec({ maxMessageBytes: limit }), ...chunks);

  it.each(['{"a":"xyz"}', '{"a":"é€"}', '{"a":"\u{1f600}"}'])('is exact in bytes for %s', (text) => {
    const { length } = bytes(text);

    for (const stream of [text, `${text}\r\n`, `${text}${text}`, `${text}\n${text}\n`, ` \r\n ${text}   \n`]) {
      expect(limited(length, stream)).not.toHaveProperty('fault');
      expect(limited(length - 1, stream)).toMatchObject({ messages: [], fault: { name: 'MessageTooLargeError' } });
    }
  });

  it('names the limit', () => {
    const { fault } = limited(5, '{"a":1}');

    expect(fault).toBeInstanceOf(MessageTooLargeError);
    expect(fault).toMatchObject({ message: 'A message is larger than the limit of 5 bytes', limit: 5 });
  });

  it('holds for an incomplete message as soon as it is exceeded', () => {
    expect(limited(10, '{"a":"xxxx')).not.toHaveProperty('fault');
    expect(limited(10, '{"a":"xxxx', 'x')).toHaveProperty('fault');
    expect(limited(10, '{"a":"xxxxx')).toHaveProperty('fault');
    expect(limited(3000, `{"a":"${'x'.repeat(2500)}`, 'x'.repeat(500))).toHaveProperty('fault');
    expect(limited(3000, `{"a":\n"${'x'.repeat(2000)}`, 'x'.repeat(2000))).toHaveProperty('fault');
  });

  it('yields what stood before the message that is too large', () => {
    expect(limited(10, '{"a":1}\n{"b":2}{"c":"xxxxx"}\n')).toMatchObject({
      messages: [{ a: 1 }, { b: 2 }],
      fault: { limit: 10 },
    });
    expect(limited(2000, `{"a":1}{"b":"${'x'.repeat(3000)}`)).toMatchObject({ messages: [{ a: 1 }], fault: {} });
  });

  it('does not count the blanks between messages', () => {
    expect(limited(10, ' '.repeat(100), '\n'.repeat(100), '{"a":1}')).toEqual({ messages: [{ a: 1 }] });
  });

  it('must be a number of bytes', () => {
    for (const maxMessageBytes of [0, -1, Number.NaN]) {
      expect(() => new JsonStreamCodec({ maxMessageBytes })).toThrow(
        new RangeError(`maxMessageBytes is ${maxMessageBytes}; expected a number of bytes, 1 or more`),
      );
    }
  });
});

describe('a stream that ends inside a message of JsonStreamCodec', () => {
  it.each([
    ['{"a":1', '{"a":1'],
    ['{"a":1}\n{"b":\r\n', '{"b":\r\n'],
    ['tru', 'tru'],
    ['"x', '"x'],
    ['{"a":"x\\', '{"a":"x\\'],
  ])('throws for %j', (text, raw) => {
    const { fault } = decodeAll(new JsonStreamCodec(), [bytes(text)]);

    expect(fault).toBeInstanceOf(DeserializationError);
    expect(fault).toMatchObject({ raw });
  });

  it('throws for one that ends inside a character', () => {
    const fault = { message: 'The stream ended inside a message', raw: '{"a":"\ufffd' };

    expect(decodeAll(new JsonStreamCodec(), [bytes('{"a":"', 0xe2, 0x82)])).toMatchObject({ fault });
    expect(decodeAll(new JsonStreamCodec(), [bytes('{"a":1}', 0xc3)])).toMatchObject({ messages: [{ a: 1 }] });
  });
});
