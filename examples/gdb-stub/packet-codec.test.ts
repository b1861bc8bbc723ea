import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { bytesOf, packet } from './gdb-client.test-kit.ts';
import { PacketCodec } from './packet-codec.ts';
import type { IncomingMessage } from './wire-message.ts';

const payloads = fc.array(fc.uint8Array().map((bytes) => String.fromCharCode(...bytes)));

/** What becomes of the text, cut into chunks of the size. */
function decode(text: string, chunkBytes = text.length): readonly IncomingMessage[] {
  const codec = new PacketCodec();
  const messages: IncomingMessage[] = [];
  const bytes = bytesOf(text);
  for (let start = 0; start < bytes.length; start += chunkBytes) {
    messages.push(...codec.decode(bytes.subarray(start, start + chunkBytes)));
  }
  return [...messages, ...codec.end()];
}

describe('PacketCodec', () => {
  test.prop([payloads, fc.integer({ min: 1, max: 50 })])(
    'reads what it wrote, however that was cut',
    (all, chunkBytes) => {
      const codec = new PacketCodec();
      const wire = all.map((payload) => String.fromCharCode(...codec.encode({ kind: 'packet', payload })));
      expect(decode(wire.join('+'), chunkBytes).filter(({ kind }) => kind === 'packet')).toEqual(
        all.map((payload) => ({ kind: 'packet', payload })),
      );
    },
  );

  test.prop([fc.uint8Array()])('makes of any noise messages or a ProtocolError', (noise) => {
    try {
      decode(String.fromCharCode(...noise));
    } catch (error) {
      expect(error).toMatchObject({ code: 'PROTOCOL_ERROR' });
    }
    expect(decode(`+${packet('OK')}`)).toEqual([{ kind: 'received' }, { kind: 'packet', payload: 'OK' }]);
  });

  it('writes signs as the bytes that they are', () => {
    const codec = new PacketCodec();
    expect(codec.encode({ kind: 'received' })).toEqual(bytesOf('+'));
    expect(codec.encode({ kind: 'resend' })).toEqual(bytesOf('-'));
    expect(codec.encode({ kind: 'interrupt' })).toEqual(bytesOf('\u0003'));
  });

  it('escapes what means something else on the wire, and refuses what is no byte', () => {
    const codec = new PacketCodec();
    expect(codec.encode({ kind: 'packet', payload: 'a#$*}b' })).toEqual(bytesOf(packet('a}\u0003}\u0004}\n}]b')));
    expect(() => codec.encode({ kind: 'packet', payload: '€' })).toThrow(TypeError);
    expect(() => codec.encode({ kind: 'packet', payload: '😀' })).toThrow(TypeError);
  });

  it('undoes repetitions and escapes', () => {
    // The example of the protocol's description: "0* " stands for four zeros.
    expect(decode(packet('0* '))).toEqual([{ kind: 'packet', payload: '0000' }]);
    expect(decode(packet('x}\u0003*"y'))).toEqual([{ kind: 'packet', payload: 'x######y' }]);
  });

  it('skips what stands between packets', () => {
    expect(decode(`noise${packet('OK')}noise-`)).toEqual([{ kind: 'packet', payload: 'OK' }, { kind: 'resend' }]);
  });

  it('tells of a packet that did not survive the way', () => {
    expect(decode(`$OK#00${packet('OK')}`)).toEqual([
      { kind: 'damaged', why: 'its checksum is 00, but should be 9a' },
      { kind: 'packet', payload: 'OK' },
    ]);
    expect(decode(`$O${packet('OK')}`)).toEqual([
      { kind: 'damaged', why: 'it was cut off by another packet' },
      { kind: 'packet', payload: 'OK' },
    ]);
    expect(decode('$OK#9A')).toEqual([{ kind: 'packet', payload: 'OK' }]);
  });

  it.each(['}', '0*', '* ', '0*\u001f', '0*\u007f'])('refuses a whole packet that makes no sense: %j', (payload) => {
    expect(() => decode(packet(payload))).toThrow(/A packet (ends in the middle|repeats nothing)/);
  });

  it('limits a packet, and what it stands for', () => {
    expect(() => decode(`$${'x'.repeat(1024 * 1024 + 1)}`)).toThrow(
      'A packet is larger than the limit of 1048576 bytes',
    );
    expect(() => decode(packet('0*~'.repeat(20_000)))).toThrow('A packet stands for more than 1048576 bytes');
  });
});
