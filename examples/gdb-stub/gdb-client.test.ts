import { describe, expect, it, vi } from 'vitest';
import { bytesOf, connectedClient, packet } from './gdb-client.test-kit.ts';
import type { StopReply } from './stop-reply.ts';

describe('a line that damages packets', () => {
  it('has a damaged reply sent again', async () => {
    const { client, stub } = await connectedClient();
    const memory = client.readMemory(0x10n, 2);
    await stub.expects(packet('m10,2'));
    stub.say('+$1234#00');
    await stub.expects('-');
    stub.say(packet('1234'));
    await stub.expects('+');
    expect(await memory).toEqual(Uint8Array.of(0x12, 0x34));
  });

  it('gets a command again that it has damaged', async () => {
    const { client, stub } = await connectedClient();
    const memory = client.readMemory(0x10n, 1);
    await stub.expects(packet('m10,1'));
    stub.say('-');
    await stub.expects(packet('m10,1'));
    stub.say(`+-${packet('ff')}`); // by the second sign there is nothing left to send again
    await stub.expects('+');
    expect(await memory).toEqual(Uint8Array.of(0xff));
  });

  it('ends the session when a command does not get through', async () => {
    const { client, stub } = await connectedClient();
    const memory = client.readMemory(0x10n, 1);
    stub.say('----');
    await expect(memory).rejects.toMatchObject({
      name: 'CommandInterruptedError',
      cause: { name: 'ProtocolError', message: "The packet 'm10,1' did not get through, in 4 tries" },
    });
  });

  it('may not do so where acknowledgements are switched off', async () => {
    const { client, stub } = await connectedClient('QStartNoAckMode+');
    const memory = client.readMemory(0x10n, 1);
    await stub.expects(packet('m10,1'));
    stub.say(packet('ab'));
    expect(await memory).toEqual(Uint8Array.of(0xab));
    stub.say('$ab#00');
    await expect(client.closed).resolves.toMatchObject({
      error: { message: 'A packet is damaged: its checksum is 00, but should be c3' },
    });
  });
});

describe('commands', () => {
  it('go one at a time, in the order in which they were called', async () => {
    const { client, stub } = await connectedClient();
    const reads = [1n, 2n].map((address) => client.readMemory(address, 1));
    await stub.answers('m1,1', '01');
    await stub.answers('m2,1', '02');
    expect(await Promise.all(reads)).toEqual([Uint8Array.of(1), Uint8Array.of(2)]);
  });

  it('are split to fit into packets', async () => {
    const { client, stub } = await connectedClient('PacketSize=200');
    const written = client.writeMemory(0n, new Uint8Array(300));
    await stub.answers(`M0,e0:${'00'.repeat(224)}`, 'OK');
    await stub.answers(`Me0,4c:${'00'.repeat(76)}`, 'OK');
    await written;
    const read = client.readMemory(0n, 300);
    await stub.answers('m0,e0', '11'.repeat(200)); // a stub may give less than it was asked for
    await stub.answers('mc8,64', '22'.repeat(100));
    expect(await read).toEqual(new Uint8Array(300).fill(0x11, 0, 200).fill(0x22, 200));
  });

  it('are refused with the error of the stub', async () => {
    const { client, stub } = await connectedClient();
    const unmapped = client.readMemory(0x10n, 1);
    await stub.answers('m10,1', 'E14');
    await expect(unmapped).rejects.toMatchObject({
      name: 'GdbError',
      message: 'm10,1: the stub answers with error 14',
    });
    const unknown = client.readRegisters();
    await stub.answers('qXfer:features:read:target.xml:0,e0', '');
    await expect(unknown).rejects.toMatchObject({
      message: 'qXfer:features:read:target.xml: the stub does not know this command',
    });
  });

  it.each([
    ['', 'the stub does not know this command'],
    ['1', "Expected pairs of hexadecimal digits, found '1'"],
    ['0011', 'Asked for 1 bytes, got 2'],
  ])('say what is wrong with the reply %j', async (reply, message) => {
    const { client, stub } = await connectedClient();
    const memory = client.readMemory(0x10n, 1);
    await stub.answers('m10,1', reply);
    await expect(memory).rejects.toThrow(message);
  });

  it('that are given up leave their place in the line to the others', async () => {
    const { client, stub } = await connectedClient();
    const controller = new AbortController();
    const first = client.readMemory(1n, 1, { timeoutMs: 1 });
    const second = client.readMemory(2n, 1, { signal: controller.signal });
    const third = client.readMemory(3n, 1);
    await stub.expects(packet('m1,1'));
    await expect(first).rejects.toThrow('Timed out after 1 ms waiting for the reply to m1,1');
    controller.abort('not needed');
    await expect(second).rejects.toBe('not needed');
    stub.say(`+${packet('01')}`);
    await stub.expects('+');
    await stub.answers('m3,1', '03');
    expect(await third).toEqual(Uint8Array.of(3));
  });

  it('are interrupted by the end of the session', async () => {
    const { client, stub } = await connectedClient();
    const read = client.readMemory(1n, 1);
    await stub.transport.close();
    await expect(read).rejects.toMatchObject({ name: 'CommandInterruptedError', cause: { name: 'EndOfStreamError' } });
    await expect(client.disconnect()).rejects.toMatchObject({ name: 'EndOfStreamError' });
    await expect(client.step()).rejects.toMatchObject({ name: 'StateError' });
  });
});

describe('run control', () => {
  it('holds commands back until the target stops, and passes console output by', async () => {
    const stops: StopReply[] = [];
    const { client, stub } = await connectedClient(undefined, { onStop: (stop) => stops.push(stop) });
    const running = client.continue();
    const read = client.readMemory(1n, 1);
    await stub.expects(packet('c'));
    stub.say(`+${packet('O4869')}`);
    await stub.expects('+');
    client.interrupt();
    await stub.expects('\u0003');
    stub.say(packet('T02thread:01;'));
    await stub.expects('+');
    expect(await running).toEqual({ kind: 'signal', signal: 2 });
    await stub.answers('m1,1', '01');
    expect(await read).toEqual(Uint8Array.of(1));
    expect(stops).toEqual([{ kind: 'signal', signal: 2 }]);
  });

  it('tells of a stop that nobody asked for, also while a command waits', async () => {
    const onStop = vi.fn<(stop: StopReply) => void>(() => {
      throw new Error('my fault');
    });
    const { client, stub } = await connectedClient(undefined, { onStop });
    const read = client.readMemory(1n, 1);
    await stub.expects(packet('m1,1'));
    stub.say(`+${packet('S05')}${packet('7f')}`);
    await stub.expects('++');
    expect(await read).toEqual(Uint8Array.of(0x7f));
    expect(onStop.mock.calls).toEqual([[{ kind: 'signal', signal: 5 }]]);
  });

  it.each([
    ['W01', { kind: 'exited', code: 1 }],
    ['X0f', { kind: 'killed', code: 15 }],
  ])('tells how the target ended: %s', async (reply, stop) => {
    const { client, stub } = await connectedClient();
    const running = client.continue();
    await stub.answers('c', reply);
    expect(await running).toEqual(stop);
  });

  it('refuses a reply that is no stop, and a packet that nobody asked for', async () => {
    const { client, stub } = await connectedClient();
    stub.say(packet('OK'));
    await stub.expects('+');
    const step = client.step();
    await stub.answers('s', 'OK');
    await expect(step).rejects.toThrow("Expected why the target stopped, found 'OK'");
  });
});

describe('registers', () => {
  it('are read as the target describes them', async () => {
    const { client, stub } = await connectedClient();
    const description = '<target><xi:include href="core.xml"/><!-- <reg name="no" bitsize="8"/> --></target>';
    const core = `<feature>\n<reg name="rip" bitsize="64" type="code_ptr"/><reg bitsize='32' name='cs'/><reg name="st0" bitsize="80"/>`;
    const registers = client.readRegisters();
    await stub.answers('qXfer:features:read:target.xml:0,e0', `m${description.slice(0, 20)}`);
    await stub.answers('qXfer:features:read:target.xml:14,e0', `l${description.slice(20)}`);
    await stub.answers('qXfer:features:read:core.xml:0,e0', `l${core}`);
    await stub.answers('g', `f0ff00000000000000f00000${'x'.repeat(20)}`);
    expect(Object.fromEntries(await registers)).toEqual({ rip: 0xfff0n, cs: 0xf000n });
    const again = client.readRegisters();
    await stub.answers('g', '00');
    await expect(again).rejects.toThrow('Expected the registers in 44 digits, found 2');
  });

  it.each(['m', 'x'])('are not read from a part %j of a description', async (reply) => {
    const { client, stub } = await connectedClient();
    const registers = client.readRegisters();
    await stub.answers('qXfer:features:read:target.xml:0,e0', reply);
    await expect(registers).rejects.toThrow('Expected a part of target.xml');
  });

  it('have a size', async () => {
    const { client, stub } = await connectedClient();
    const registers = client.readRegisters();
    await stub.answers('qXfer:features:read:target.xml:0,e0', 'l<reg name="odd" bitsize="7"/>');
    await expect(registers).rejects.toThrow(
      'A register of the target has no name, or a size that is no number of bytes',
    );
  });
});

it('can be used again after an abort, also in the middle of a packet', async () => {
  const { client, stub } = await connectedClient();
  const read = client.readMemory(1n, 1);
  void stub.transport.write(bytesOf('+$1'));
  client.abort('enough');
  await expect(read).rejects.toMatchObject({ name: 'CommandInterruptedError', cause: 'enough' });
  await client.closed;
  expect(client.runstate).toBe('idle');
});
