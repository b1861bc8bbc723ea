import { fc, test } from '@fast-check/vitest';
import { ProtocolError } from '@qmp/protocol';
import { describe, expect, it } from 'vitest';
import { ContentLengthCodec, type ContentLengthCodecOptions } from './content-length-codec.ts';

interface Decoded {
  readonly texts: readonly string[];
  readonly fault?: unknown;
}

/** Decodes the chunks and the end of the stream behind them. */
function decode(chunks: readonly (string | Uint8Array)[], options?: ContentLengthCodecOptions): Decoded {
  const codec = new ContentLengthCodec(options);
  const texts: string[] = [];
  try {
    for (const chunk of chunks) texts.push(...codec.decode(bytesOf(chunk)));
    texts.push(...codec.end());
  } catch (fault) {
    return { texts, fault };
  }
  return { texts };
}

function bytesOf(chunk: string | Uint8Array): Uint8Array {
  return typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk;
}

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(chunks.flatMap((chunk) => Array.from(chunk)));
}

describe('ContentLengthCodec', () => {
  test.prop([fc.array(fc.string({ unit: 'grapheme' })), fc.array(fc.nat())])(
    'reads what it wrote, however that was cut',
    (texts, cuts) => {
      const codec = new ContentLengthCodec();
      const stream = joined(texts.map((text) => codec.encode(text)));
      const places = [0, ...cuts.map((cut) => cut % (stream.length + 1)).sort((a, b) => a - b), stream.length];
      expect(decode(places.map((place, index) => stream.subarray(place, places[index + 1])))).toEqual({ texts });
    },
  );

  test.prop([fc.uint8Array({ minLength: 1, maxLength: 200 })])('ends any other stream with an error', (noise) => {
    const { texts, fault } = decode(['Content-Length: 2\r\n\r\n{}', noise]);
    expect(texts).toEqual(['{}']);
    expect(fault).toBeInstanceOf(ProtocolError);
  });

  it('counts bytes, not characters', () => {
    expect(new TextDecoder().decode(new ContentLengthCodec().encode('"é€😀"'))).toBe(
      'Content-Length: 11\r\n\r\n"é€😀"',
    );
  });

  it('reads other fields, in any case and order', () => {
    const header =
      'X-Other: a: b\r\ncontent-length:2\r\nContent-Type: application/vscode-jsonrpc; charset=utf8\r\n\r\n';
    expect(decode([`${header}{}Content-Length: 0\r\n\r\n`])).toEqual({ texts: ['{}', ''] });
  });

  it.each([
    ['HTTP/1.1 200 OK\r\n', 'Expected a header field such as "Content-Length: 17", found "HTTP/1.1 200 OK\\r\\n"'],
    ['Content-Length: 2\n', 'Expected a header field such as "Content-Length: 17", found "Content-Length: 2\\n"'],
    [
      '{"jsonrpc":"2.0"}\n',
      'Expected a header field such as "Content-Length: 17", found "{\\"jsonrpc\\":\\"2.0\\"}\\n"',
    ],
    ['Content-Length: -1\r\n', 'Expected a Content-Length in digits, found "-1"'],
    ['Content-Length: 1e3\r\n', 'Expected a Content-Length in digits, found "1e3"'],
    ['Content-Length:\r\n', 'Expected a Content-Length in digits, found ""'],
    ['Content-Length: 99999999999999999999\r\n', 'Expected a Content-Length in digits, found "99999999999999999999"'],
    ['Content-Length: 1\r\nContent-Length: 1\r\n', 'A header has two fields Content-Length'],
    ['Content-Type: text\r\n\r\n', 'A header ends without a Content-Length'],
    ['Content-Type: a; charset=latin1\r\n', 'Expected content in utf-8, found the charset "latin1"'],
    [`X: ${'x'.repeat(5_000)}`, 'A header is longer than 4096 bytes'],
  ])('refuses %j as soon as the line is there', (text, message) => {
    expect(decode(['Content-Length: 2\r\n\r\n{}', text])).toMatchObject({
      texts: ['{}'],
      fault: { name: 'DeserializationError', message },
    });
  });

  it('refuses content that is longer than its limit when the header announces it', () => {
    const limit = { maxMessageBytes: 3 };
    expect(decode(['Content-Length: 3\r\n\r\nabc'], limit)).toEqual({ texts: ['abc'] });
    expect(decode(['Content-Length: 4\r\n\r\n'], limit)).toMatchObject({
      fault: { code: 'MESSAGE_TOO_LARGE', limit: 3 },
    });
    expect(() => new ContentLengthCodec({ maxMessageBytes: 0 })).toThrow(RangeError);
  });

  it('refuses content that is not UTF-8', () => {
    expect(decode(['Content-Length: 3\r\n\r\n', Uint8Array.of(0x22, 0xff, 0x22)])).toMatchObject({
      fault: { message: 'Expected content in UTF-8', raw: '"\ufffd"' },
    });
  });

  it('tells where the stream was cut off', () => {
    expect(decode(['Content-Length: 5\r\n\r\nab'])).toMatchObject({
      fault: { message: 'The stream ended after 2 of 5 bytes of content', raw: 'ab' },
    });
    expect(decode(['Content-Le'])).toMatchObject({
      fault: { message: 'The stream ended inside a header', raw: 'Content-Le' },
    });
  });
});
