import { nodeConnector } from '@qmp/node';
import type { Transport } from '@qmp/protocol';
import type { JsonValue } from '@qmp/protocol/codecs';
import { expect, it } from 'vitest';
import { describeVersions } from './describe-versions.ts';
import { connect, type Listening, startQemu } from './qemu-process.ts';

const IDS: readonly JsonValue[] = [
  'text',
  '',
  '"\\/\b\f\n\r\t\u007f\u0000☃😀',
  0,
  -1,
  0.1,
  Number.MAX_SAFE_INTEGER,
  9_007_199_254_740_993n,
  18_446_744_073_709_551_615n,
  -9_223_372_036_854_775_808n,
  true,
  false,
  null,
  [],
  [1, 'a', null, [18_446_744_073_709_551_615n]],
  {},
  { b: { c: [1, { d: '€' }] }, a: 1 },
];

/** A link on which one word is replaced by another on its way out: for what this client would never say. */
async function dialReplacing({ process, address }: Listening, word: string, replacement: string): Promise<Transport> {
  const transport = await nodeConnector.dial(address, { retry: true, signal: process.gone });
  return {
    readable: transport.readable,
    description: transport.description,
    write: (chunk) => transport.write(Buffer.from(Buffer.from(chunk).toString().replace(word, replacement))),
    close: () => transport.close(),
    abort: (reason) => transport.abort(reason),
  };
}

describeVersions('qemu', (version) => {
  it('gives back its name in any script', async () => {
    const name = 'tést-☃-😀-\u{2028} "q" \\ / \u007f';
    const client = await connect(startQemu(version, ['-name', name]));
    await expect(client.execute('query-name')).resolves.toEqual({ name });
  });

  it('takes and gives back 60 KB of text in any script', async () => {
    const client = await connect(startQemu(version));
    const backend = { type: 'ringbuf', data: { size: 131_072 } } as const;
    await client.execute('chardev-add', { id: 'echo', backend });
    const data = 'é☃😀"\\\n'.repeat(5_000);
    await client.execute('ringbuf-write', { device: 'echo', data });
    await expect(client.execute('ringbuf-read', { device: 'echo', size: 131_072 })).resolves.toBe(data);
  });

  it('sends a reply of hundreds of kilobytes', async () => {
    const client = await connect(startQemu(version));
    const schema = await client.execute('query-qmp-schema');
    expect(schema.length).toBeGreaterThan(800);
    expect(schema.filter((entry) => entry['meta-type'] === 'command').length).toBeGreaterThan(180);
  });

  it('sends a reply of megabytes', async () => {
    const client = await connect(startQemu(version, ['-machine', 'pc', '-m', '64', '-S']));
    const dump = await client.execute('human-monitor-command', { 'command-line': 'xp /500000xb 0x1000000' });
    const lines = dump.trimEnd().split('\r\n');
    expect(dump.length).toBeGreaterThan(3_000_000);
    expect(lines).toHaveLength(62_500);
    // 11.1 prints addresses with eight digits, the others with sixteen.
    expect(lines.at(-1)).toMatch(/^(00000000)?0107a118:( 0x00){8}$/);
  });

  it.each([true, false])('answers 1,000 commands in flight, each with its own reply (oob: %s)', async (oob) => {
    const client = await connect(startQemu(version), { oob });
    const replies = Array.from({ length: 1_000 }, (_, index) =>
      client.execute('human-monitor-command', { 'command-line': `print ${index}` }),
    );
    expect((await Promise.all(replies)).map((reply) => Number(reply))).toEqual(replies.map((_, index) => index));
  });

  it('refuses a command that it does not know', async () => {
    const client = await connect(startQemu(version));
    await expect(client.executeRaw('no-such-thing', { a: 1 })).rejects.toMatchObject({
      name: 'ExecuteError',
      code: 'COMMAND_FAILED',
      command: 'no-such-thing',
      errorClass: 'CommandNotFound',
      description: 'The command no-such-thing has not been found',
      message: 'no-such-thing: The command no-such-thing has not been found',
      sent: { execute: 'no-such-thing', arguments: { a: 1 } },
    });
  });

  it.each([
    ['query-name', { x: 1 }, 'GenericError', "Parameter 'x' is unexpected"],
    ['qom-get', { path: '/' }, 'GenericError', "Parameter 'property' is missing"],
    ['qom-get', { path: 5, property: 'type' }, 'GenericError', "Invalid parameter type for 'path', expected: string"],
    ['device_del', { id: 'zz' }, 'DeviceNotFound', "Device 'zz' not found"],
  ])('says what is wrong with the arguments of %s %j', async (command, args, errorClass, description) => {
    const client = await connect(startQemu(version));
    await expect(client.executeRaw(command, args)).rejects.toMatchObject({
      name: 'ExecuteError',
      errorClass,
      description,
      message: `${command}: ${description}`,
    });
    await expect(client.execute('query-name')).resolves.toEqual({});
  });

  it('reports the errors of human commands as text', async () => {
    const client = await connect(startQemu(version));
    const text = await client.execute('human-monitor-command', { 'command-line': 'nonsense' });
    expect(text).toBe("unknown command: 'nonsense'\r\n");
  });

  it('gives an id of any JSON type back as it is', async () => {
    const client = await connect(startQemu(version));
    for (const id of IDS) {
      const reply = await client.raw({ execute: 'query-name', id }, { assignId: false, timeoutMs: 5_000 });
      expect(reply).toEqual({ return: {}, id });
    }
    expect(client.droppedReplies).toBe(0);
  });

  it('matches an id that comes back in another spelling', async () => {
    const client = await connect(startQemu(version));
    // A bigint that could be a number comes back as one; 5.2 writes a large number in full, others with an exponent.
    for (const id of [5n, 1e21, 2n ** 64n, -(2n ** 64n)]) {
      const reply = await client.raw({ execute: 'query-name', id }, { assignId: false, timeoutMs: 5_000 });
      expect(Number(reply['id'])).toBe(Number(id));
    }
    expect(client.droppedReplies).toBe(0);
  });

  it('answers a raw message without an id, with the whole error', async () => {
    const client = await connect(startQemu(version));
    await expect(client.raw({ execute: 'nope' }, { assignId: false })).resolves.toEqual({
      error: { class: 'CommandNotFound', desc: 'The command nope has not been found' },
    });
    await expect(client.raw({ execute: 'query-name', more: 1 })).resolves.toMatchObject({
      error: { class: 'GenericError', desc: "QMP input member 'more' is unexpected" },
    });
  });

  it('wants its capabilities negotiated first, which its user may do', async () => {
    const client = await connect(startQemu(version), { negotiate: false });
    expect(client.greeting?.QMP.capabilities).toEqual(['oob']);
    await expect(client.execute('query-name')).rejects.toMatchObject({
      errorClass: 'CommandNotFound',
      description: "Expecting capabilities negotiation with 'qmp_capabilities'",
    });
    await expect(client.executeRaw('qmp_capabilities', { enable: ['bogus'] })).rejects.toMatchObject({
      errorClass: 'GenericError',
    });
    await expect(client.execute('qmp_capabilities')).resolves.toEqual({});
    await expect(client.execute('query-name')).resolves.toEqual({});
  });

  it('is not asked twice under one id at the same time', async () => {
    const client = await connect(startQemu(version));
    const first = client.raw({ execute: 'query-name', id: 'twice' }, { assignId: false });
    await expect(client.raw({ execute: 'query-name', id: 'twice' }, { assignId: false })).rejects.toThrow(RangeError);
    await expect(first).resolves.toEqual({ return: {}, id: 'twice' });
    await expect(client.raw({ execute: 'query-name', id: 'twice' }, { assignId: false })).resolves.toBeDefined();
  });

  it('ends the session with a reply that is larger than its user wants', async () => {
    const client = await connect(startQemu(version), { maxMessageBytes: 100_000 });
    await expect(client.execute('query-qmp-schema')).rejects.toMatchObject({
      name: 'ExecInterruptedError',
      cause: { name: 'MessageTooLargeError', limit: 100_000 },
    });
    await expect(client.disconnect()).rejects.toMatchObject({ name: 'MessageTooLargeError' });
  });

  it('ends the session with a number that is none', async () => {
    const qemu = startQemu(version);
    // QEMU reads 1e400 as infinity, and sends that back as it is.
    const client = await connect(qemu, {}, await dialReplacing(qemu, '"INFINITY"', '1e400'));
    const reply = client.raw({ execute: 'query-name', id: 'INFINITY' }, { assignId: false });
    await expect(reply).rejects.toMatchObject({
      name: 'ExecInterruptedError',
      cause: { name: 'DeserializationError', message: expect.stringContaining('inf') as string },
    });
    await expect(client.closed).resolves.toMatchObject({ kind: 'lost', error: { name: 'DeserializationError' } });
    await expect(client.disconnect()).rejects.toMatchObject({ name: 'DeserializationError' });
  });

  it('ends the session when it cannot parse what it got', async () => {
    const qemu = startQemu(version);
    const client = await connect(qemu, {}, await dialReplacing(qemu, '"NONSENSE"', 'nonsense'));
    const reply = client.raw({ execute: 'query-name', id: 'NONSENSE' }, { assignId: false });
    await expect(reply).rejects.toMatchObject({
      name: 'ExecInterruptedError',
      // QEMU 11.1 puts the line and column before it.
      cause: { name: 'ServerParseError', message: expect.stringContaining("invalid keyword 'nonsense'") as string },
    });
    await expect(client.closed).resolves.toMatchObject({ kind: 'lost', error: { name: 'ServerParseError' } });
  });
});
