import { fc, test } from '@fast-check/vitest';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { DeserializationError, MessageTooLargeError } from './codec-errors.ts';
import { bytes, cutAt, decodeAll, decodeOpen, inChunks } from './decoding.test-kit.ts';
import { LineCodec } from './line-codec.ts';

describe('LineCodec', () => {
  it('splits a stream into lines that end with LF or CRLF', () => {
    expect(decodeOpen(new LineCodec(), 'one\ntwo\r\n\n\r\nth', 'ree\r', '\n')).toEqual({
      messages: ['one', 'two', '', '', 'three'],
    });
  });

  it('takes one CR away at the end of a line and no other', () => {
    expect(decodeOpen(new LineCodec(), 'a\rb\r\r\n').messages).toEqual(['a\rb\r']);
  });

  it('gives strings unless it is told to give bytes', () => {
    expectTypeOf(new LineCodec().decode(bytes())).toEqualTypeOf<Iterable<string>>();
    expectTypeOf(new LineCodec({ maxMessageBytes: 9 }).decode(bytes())).toEqualTypeOf<Iterable<string>>();
    expectTypeOf(new LineCodec({ mode: 'bytes' }).decode(bytes())).toEqualTypeOf<Iterable<Uint8Array>>();

    expect(decodeOpen(new LineCodec({ mode: 'text' }), 'é\n').messages).toEqual(['é']);
    expect(decodeOpen(new LineCodec({ mode: 'bytes' }), bytes(0xff, 0x0d, 0x0a)).messages).toEqual([bytes(0xff)]);
  });

  it('gives bytes of its own', () => {
    const codec = new LineCodec({ mode: 'bytes' });
    const chunk = bytes('one\ntw');
    const lines = [...codec.decode(chunk)];
    chunk.fill(0);
    lines.push(...codec.decode(bytes('o\n')));

    expect(lines).toEqual([bytes('one'), bytes('two')]);
  });

  it('yields a last line that lacks its end', () => {
    expect(decodeAll(new LineCodec(), [bytes('one\ntwo')])).toEqual({ messages: ['one', 'two'] });
    expect(decodeAll(new LineCodec(), [bytes('one\n')])).toEqual({ messages: ['one'] });
    expect(decodeAll(new LineCodec({ mode: 'bytes' }), [bytes('one\r')])).toEqual({ messages: [bytes('one')] });
  });

  it('refuses a line that is not UTF-8, after the lines before it', () => {
    const { messages, fault } = decodeOpen(new LineCodec(), bytes('one\ntwo ', 0xff, '\nthree\n'));

    expect(messages).toEqual(['one']);
    expect(fault).toBeInstanceOf(DeserializationError);
    expect(fault).toMatchObject({ message: 'Expected a line of UTF-8, found "two \ufffd"', raw: 'two \ufffd' });
  });

  it('keeps U+FEFF at the beginning of a line', () => {
    expect(decodeOpen(new LineCodec(), '\ufeffa\n').messages).toEqual(['\ufeffa']);
  });

  it.each([1, 3, 100])('refuses a line that is too long, in chunks of %i bytes', (size) => {
    const decode = (text: string) =>
      decodeOpen(new LineCodec({ maxMessageBytes: 5 }), ...inChunks(bytes('one\n', text), size));

    expect(decode('12345\n')).toEqual({ messages: ['one', '12345'] });
    expect(decode('123456')).toMatchObject({
      messages: ['one'],
      fault: { message: 'A message is larger than the limit of 5 bytes', limit: 5 },
    });
    expect(decode('123456\n').fault).toBeInstanceOf(MessageTooLargeError);
  });

  it('allows lines of 1 MiB unless told otherwise', () => {
    const longest = 'x'.repeat(1024 * 1024);

    expect(decodeOpen(new LineCodec(), longest, '\n').messages).toEqual([longest]);
    expect(decodeOpen(new LineCodec(), longest, 'x').fault).toMatchObject({ limit: 1024 * 1024 });
  });

  it('refuses a limit that is no number of bytes', () => {
    expect(() => new LineCodec({ maxMessageBytes: 0 })).toThrow(RangeError);
  });

  it('appends LF to what it encodes', () => {
    expect(new LineCodec().encode('é')).toBe('é\n');
    expect(new LineCodec({ mode: 'bytes' }).encode(bytes(0xff))).toEqual(bytes(0xff, '\n'));
  });

  it('refuses to encode a message that contains LF', () => {
    const refusal = new TypeError('Cannot send a message that contains a line feed; expected one line');

    expect(() => new LineCodec().encode('a\nb')).toThrow(refusal);
    expect(() => new LineCodec({ mode: 'bytes' }).encode(bytes('a\nb'))).toThrow(refusal);
  });

  it('takes time in proportion to a long line that comes byte by byte', () => {
    expect(decodeAll(new LineCodec(), inChunks(bytes('x'.repeat(300_000)), 1)).messages[0]).toHaveLength(300_000);
  });

  const line = fc.string({ unit: 'grapheme' }).filter((text) => !/[\r\n]/.test(text));
  const fractions = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 20 });

  test.prop([fc.array(line), fractions])('decodes what it has encoded, however it is cut', (lines, cuts) => {
    const codec = new LineCodec();
    const all = bytes(...lines.map((text) => codec.encode(text)));

    expect(decodeAll(codec, cutAt(all, cuts))).toEqual({ messages: lines });
  });

  test.prop([fc.uint8Array({ maxLength: 50 }), fractions])('decodes any bytes as the text split at LF', (all, cuts) => {
    const lines = Array.from(all, (byte) => String.fromCharCode(byte))
      .join('')
      .split('\n');
    if (lines.at(-1) === '') lines.pop();

    const { messages } = decodeAll(new LineCodec({ mode: 'bytes' }), cutAt(all, cuts));

    expect(messages).toEqual(
      lines.map((text) => Uint8Array.from(text.replace(/\r$/, ''), (letter) => letter.charCodeAt(0))),
    );
  });
});
