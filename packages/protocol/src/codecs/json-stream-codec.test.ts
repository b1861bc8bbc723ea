import { describe, expect, it } from 'vitest';
import { bytes, decodeAll, decodeOpen, inChunks } from './decoding.test-kit.ts';
import { JsonStreamCodec } from './json-stream-codec.ts';

const decode = (...chunks: readonly (string | Uint8Array)[]) => decodeOpen(new JsonStreamCodec(), ...chunks);
const decodeToEnd = (...chunks: readonly (string | Uint8Array)[]) =>
  decodeAll(
    new JsonStreamCodec(),
    chunks.map((chunk) => bytes(chunk)),
  );

describe('the framing of JsonStreamCodec', () => {
  it.each([
    ['LF', '{"a":1}\n{"b":2}\n'],
    ['CRLF', '{"a":1}\r\n{"b":2}\r\n'],
    ['nothing', '{"a":1}{"b":2}'],
    ['blanks', ' \t{"a":1} \t {"b":2} '],
    ['empty lines', '\n\r\n{"a":1}\n\n\r\n{"b":2}\n\n'],
    ['a line end in some places', '{"a":1}{"b":2}\n'],
  ])('reads messages that are separated by %s', (_separator, text) => {
    expect(decode(text)).toEqual({ messages: [{ a: 1 }, { b: 2 }] });
  });

  it('reads a message that is printed over several lines, and what follows on its last line', () => {
    const pretty = JSON.stringify({ QMP: { version: [1, { a: '}{' }] } }, undefined, 4).replaceAll('\n', '\r\n');

    expect(decode(`${pretty}\r\n${pretty} {"a":1}\r\n{"b":2}\r\n`).messages).toEqual([
      { QMP: { version: [1, { a: '}{' }] } },
      { QMP: { version: [1, { a: '}{' }] } },
      { a: 1 },
      { b: 2 },
    ]);
  });

  it('hands a message over with its closing brace, before any line end', () => {
    expect(decode('{"a":{"b":[1,2]}}')).toEqual({ messages: [{ a: { b: [1, 2] } }] });
  });

  it('hands a message over although the beginning of the next one follows it', () => {
    expect(decode('{"a":1}{"b":')).toEqual({ messages: [{ a: 1 }] });
  });

  it('hands a long message over with its closing brace', () => {
    const items = Array.from({ length: 1000 }, (_, index) => ({ index, text: 'x"}\\{'.repeat(index % 5) }));

    for (const size of [1, 7, 100, 1500, 1_000_000]) {
      const codec = new JsonStreamCodec();
      const messages = [...inChunks(bytes(JSON.stringify({ items })), size)].flatMap((chunk) => [
        ...codec.decode(chunk),
      ]);
      expect(messages).toEqual([{ items }]);
    }
  });

  it('hands a long message over with the line end that comes in a chunk of its own', () => {
    const text = JSON.stringify({ items: 'x'.repeat(5000), end: {} });

    expect(decode(text.slice(0, 4000), text.slice(4000, -1), '}', '\n')).toEqual({ messages: [JSON.parse(text)] });
    expect(decode(text.slice(0, 4000), `${text.slice(4000)}\r`, '\n')).toEqual({ messages: [JSON.parse(text)] });
  });

  it('hands a long message over at once although the beginning of the next one follows it', () => {
    const long = { text: 'x'.repeat(5000) };
    const codec = new JsonStreamCodec();

    expect([...codec.decode(bytes(`${JSON.stringify(long)}{"next": `))]).toEqual([long]);
    expect([...codec.decode(bytes('1}\n'))]).toEqual([{ next: 1 }]);
    // Even from a peer that has ended its lines up to now, from the second such message on.
    expect([...codec.decode(bytes(`${JSON.stringify(long)}{"next": 2}`))]).toEqual([long, { next: 2 }]);
    expect([...codec.decode(bytes(`${JSON.stringify(long)}{"next": `))]).toEqual([long]);
  });

  it('finds several long messages in one line', () => {
    const one = { items: Array.from({ length: 300 }, (_, index) => ({ index })) };
    const text = JSON.stringify(one);

    expect(decode(text + text, `${text}\n`)).toEqual({ messages: [one, one, one] });
    expect(decode(text + text.slice(0, 2000), text.slice(2000) + text)).toEqual({ messages: [one, one, one] });
  });

  it('finds the end of a value in a line that began in an earlier chunk', () => {
    const long = { text: 'x'.repeat(3000) };
    const text = JSON.stringify(long);

    expect(decode(`${text}{"a":`, '1}{"b":2}\n{"c":3}\n')).toEqual({ messages: [long, { a: 1 }, { b: 2 }, { c: 3 }] });
  });

  it('gives messages one by one, as they are asked for', () => {
    const iterator = new JsonStreamCodec().decode(bytes('{"a":1}\n(qemu) '))[Symbol.iterator]();

    expect(iterator.next()).toEqual({ done: false, value: { a: 1 } });
    expect(() => iterator.next()).toThrow('Broken JSON');
  });

  it('keeps what was not asked for until the next chunk', () => {
    const codec = new JsonStreamCodec();
    for (const message of codec.decode(bytes('{"a":1} {"b":2} {"c":3}'))) {
      expect(message).toEqual({ a: 1 });
      break;
    }

    expect([...codec.decode(bytes('{"d":4}'))]).toEqual([{ b: 2 }, { c: 3 }, { d: 4 }]);
  });

  it('does not look at a chunk again after it has been read', () => {
    const codec = new JsonStreamCodec();
    const chunk = bytes('{"a":"é"}{"b":"é');
    const first = [...codec.decode(chunk.subarray(0, -1))];
    chunk.fill(0);

    expect([...first, ...codec.decode(bytes(0xa9, '"}'))]).toEqual([{ a: 'é' }, { b: 'é' }]);
  });

  it('reads a great many short lines', () => {
    const messages = Array.from({ length: 2000 }, (_, id) => ({ return: {}, id }));

    expect(decode(messages.map((message) => `${JSON.stringify(message)}\r\n`).join(''))).toEqual({ messages });
  });

  it('reads many lines of which some hold no value, several, or a part of one', () => {
    const line = '{"a":1}\n';

    expect(decode(`${line}\n${line}{"b":2}{"c":3}\n${line}{"d":\n4}\n${line}`).messages).toEqual([
      { a: 1 },
      { a: 1 },
      { b: 2 },
      { c: 3 },
      { a: 1 },
      { d: 4 },
      { a: 1 },
    ]);
  });
});

describe('the marks that JsonStreamCodec skips', () => {
  it('skips a byte order mark before the first message, wherever it is cut', () => {
    const marked = bytes(0xef, 0xbb, 0xbf, '{"a":1}\n');

    for (const size of [1, 2, 3, 4, 100]) {
      expect(decodeAll(new JsonStreamCodec(), inChunks(marked, size))).toEqual({ messages: [{ a: 1 }] });
    }
  });

  it('keeps U+FEFF where it is part of a string, even at the beginning of a chunk', () => {
    expect(decode('{"a":"', bytes(0xef, 0xbb, 0xbf, '"}'))).toEqual({ messages: [{ a: '\ufeff' }] });
  });

  it('skips 0xFF between messages', () => {
    const marked = bytes(0xff, '{"a":1}\n', 0xff, 0xff, '{"b":2}', 0xff, ' {"c":3}\n{"d":"é"}\n', 0xff);

    for (const size of [1, 2, 5, 100]) {
      expect(decodeAll(new JsonStreamCodec(), inChunks(marked, size))).toEqual({
        messages: [{ a: 1 }, { b: 2 }, { c: 3 }, { d: 'é' }],
      });
    }
  });

  it('skips 0xFF before a message with a character that the next chunk completes', () => {
    expect(decode(bytes(0xff, '{"a":"', 0xe2, 0x82), bytes(0xac, '"}'))).toEqual({ messages: [{ a: '€' }] });
  });
});

describe('the values of JsonStreamCodec', () => {
  it('keeps integers exact: bigint where a number would round', () => {
    const text =
      '{"return":[9007199254740991,9007199254740992,9007199254740993,-9007199254740992,18446744073709551615,-9223372036854775808]}';

    expect(decode(`${text}\n`).messages).toEqual([
      {
        return: [
          9_007_199_254_740_991,
          9_007_199_254_740_992n,
          9_007_199_254_740_993n,
          -9_007_199_254_740_992n,
          18_446_744_073_709_551_615n,
          -9_223_372_036_854_775_808n,
        ],
      },
    ]);
  });

  it('keeps integers exact in one of many lines', () => {
    const lines = ['{"return":{},"id":1}', '{"return":1795334600697552001,"id":2}', '{"return":{},"id":3}'];

    expect(decode(`${lines.join('\n')}\n`).messages[1]).toEqual({ return: 1_795_334_600_697_552_001n, id: 2 });
  });

  it('takes the last of several members with one name, and __proto__ as data', () => {
    const [message] = decode('{"a":1,"__proto__":{"b":2},"a":3}').messages;

    expect(Object.entries(message ?? {})).toEqual([
      ['a', 3],
      ['__proto__', { b: 2 }],
    ]);
    expect(message?.['b']).toBeUndefined();
  });
});

describe('the end of a stream for JsonStreamCodec', () => {
  it('is silent between messages', () => {
    expect(decodeToEnd()).toEqual({ messages: [] });
    expect(decodeToEnd(' \r\n\t')).toEqual({ messages: [] });
    expect(decodeToEnd('{"a":1}\r\n', ' ')).toEqual({ messages: [{ a: 1 }] });
  });

  it('yields a complete message that was followed by the beginning of another, and then throws', () => {
    const text = JSON.stringify({ text: 'x'.repeat(3000) });

    const { messages, fault } = decodeToEnd(`${text}{"a":`);

    expect(messages).toEqual([JSON.parse(text)]);
    expect(fault).toMatchObject({ message: 'The stream ended inside a message', raw: '{"a":' });
  });
});

describe('JsonStreamCodec.encode', () => {
  it('writes the message without blanks and without a line end', () => {
    const message = { execute: 'x', arguments: { speed: 18_446_744_073_709_551_615n, none: undefined }, id: 1 };

    expect(new JsonStreamCodec().encode(message)).toBe(
      '{"execute":"x","arguments":{"speed":18446744073709551615},"id":1}',
    );
  });
});
