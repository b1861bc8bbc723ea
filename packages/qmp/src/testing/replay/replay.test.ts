import { describe, expect, it } from 'vitest';

import { QmpClient } from '../../client/qmp-client.ts';
import type { AnySchema } from '../../schema/qapi-schema.ts';
import { connectedTo, event, exchange, HANDSHAKE, recordingOf } from './recording.test-kit.ts';
import { ReplayError } from './replay-error.ts';
import { replay } from './replay.ts';

const STATUS = { status: 'running', running: true };

/** What happens, in the order in which a client sees it. */
async function seen(client: QmpClient<AnySchema>, ...commands: readonly string[]): Promise<unknown[]> {
  const all: unknown[] = [];
  client.events.on('STOP', () => all.push('STOP'));
  client.events.on('RESUME', () => all.push('RESUME'));
  for (const command of commands) {
    await client.executeRaw(command).then(
      (value) => all.push(value),
      (error: Error) => all.push(error.message),
    );
  }
  return all;
}

describe('a replay', () => {
  it('answers as it was recorded, in three lines', async () => {
    const recording = replay(recordingOf(...HANDSHAKE, ...exchange(2, 'query-status', STATUS)));
    const vm = await connectedTo(recording.transport());
    expect(await vm.execute('query-status')).toEqual(STATUS);
    await recording.finished();
    expect(await vm.closed).toMatchObject({ kind: 'lost', error: { name: 'EndOfStreamError' } });
  });

  it('gives the client its own ids back, whatever was recorded', async () => {
    const recording = replay(
      recordingOf(
        ...HANDSHAKE,
        { client: { execute: 'a', id: { b: 1, c: [] } } },
        { client: { execute: 'b' } },
        { server: { id: { b: 1, c: [] }, return: 'a' } },
        { server: { return: 'b' } },
        { client: { execute: 'c', id: 18_446_744_073_709_551_615n } },
        { server: { error: { class: 'GenericError', desc: 'no c' }, id: 18_446_744_073_709_551_615n } },
      ),
    );
    const vm = await connectedTo(recording.transport());
    expect(await Promise.all([vm.executeRaw('a'), vm.raw({ execute: 'b' })])).toEqual(['a', { return: 'b', id: 3 }]);
    expect(await vm.raw({ execute: 'c', id: 'mine' }, { assignId: false })).toEqual({
      error: { class: 'GenericError', desc: 'no c' },
      id: 'mine',
    });
    await recording.finished();
  });

  it('tells events where they stood between the replies', async () => {
    const recording = replay(
      recordingOf(
        ...HANDSHAKE,
        { client: { execute: 'stop', id: 2 } },
        event('STOP'),
        { server: { return: {}, id: 2 } },
        ...exchange(3, 'cont', {}),
        event('RESUME'),
        ...exchange(4, 'query-status', STATUS),
      ),
    );
    const vm = await connectedTo(recording.transport());
    expect(await seen(vm, 'stop', 'cont', 'query-status')).toEqual(['STOP', {}, {}, 'RESUME', STATUS]);
    await recording.finished();
  });

  it('does not tell an event before the command that the server was at', async () => {
    const recording = replay(
      recordingOf(...HANDSHAKE, ...exchange(2, 'a', 1), { client: { execute: 'stop', id: 3 } }, event('STOP'), {
        server: { return: {}, id: 3 },
      }),
    );
    const vm = await connectedTo(recording.transport());
    await vm.executeRaw('a');
    expect(vm.events.history).toEqual([]);
    expect(await seen(vm, 'stop')).toEqual(['STOP', {}]);
    await recording.finished();
  });

  it('plays to a client that waits for each reply what one recorded that did not', async () => {
    const recording = replay(
      recordingOf(
        ...HANDSHAKE,
        { client: { execute: 'stop', id: 2 } },
        { client: { execute: 'query-status', id: 3 } },
        event('STOP'),
        { server: { return: {}, id: 2 } },
        { server: { return: STATUS, id: 3 } },
      ),
    );
    const vm = await connectedTo(recording.transport());
    expect(await seen(vm, 'stop', 'query-status')).toEqual(['STOP', {}, STATUS]);
    await recording.finished();
  });

  it('plays to a client that does not wait what one recorded that did', async () => {
    const recording = replay(
      recordingOf(...HANDSHAKE, ...exchange(2, 'a', 1), event('STOP'), ...exchange(3, 'b', 2), ...exchange(4, 'c', 3)),
    );
    const vm = await connectedTo(recording.transport());
    expect(await Promise.all(['a', 'b', 'c'].map((command) => vm.executeRaw(command)))).toEqual([1, 2, 3]);
    await recording.finished();
  });

  it('takes commands that were on their way together in any order', async () => {
    const recording = replay(
      recordingOf(
        ...HANDSHAKE,
        { client: { execute: 'a', id: 2 } },
        event('STOP'),
        { client: { execute: 'b', id: 3 } },
        { server: { return: 1, id: 2 } },
        { server: { return: 2, id: 3 } },
      ),
    );
    const vm = await connectedTo(recording.transport());
    expect(await Promise.all(['b', 'a'].map((command) => vm.executeRaw(command)))).toEqual([2, 1]);
    await recording.finished();
  });

  it('lets out-of-band commands overtake, as they did', async () => {
    const [greeting, ...negotiation] = HANDSHAKE;
    const recording = replay(
      recordingOf(
        ...(greeting === undefined ? [] : [greeting]),
        ...negotiation,
        { client: { execute: 'slow', id: 2 } },
        { client: { 'exec-oob': 'fast', id: 3 } },
        { server: { return: 'fast', id: 3 } },
        { server: { return: 'slow', id: 2 } },
      ),
    );
    const vm = await connectedTo(recording.transport());
    const replies: unknown[] = [];
    await Promise.all([
      vm.executeRaw('slow').then((reply) => replies.push(reply)),
      vm.executeRaw('fast', undefined, { oob: true }).then((reply) => replies.push(reply)),
    ]);
    expect(replies).toEqual(['fast', 'slow']);
    await recording.finished();
  });

  it('compares secrets as they were recorded: not at all', async () => {
    const recorded = { id: 's0', 'qom-type': 'secret', data: '***' };
    const recording = replay(recordingOf(...HANDSHAKE, ...exchange(2, 'object-add', {}, recorded)));
    const vm = await connectedTo(recording.transport());
    expect(await vm.execute('object-add', { ...recorded, data: 'hunter2' })).toEqual({});
    await recording.finished();
  });

  it('neither expects nor answers the question of our client to a silent server', async () => {
    const [greeting, ...negotiation] = HANDSHAKE;
    const probe = { client: { execute: 'query-version', id: 'probe' } };
    const parts = [probe, ...(greeting === undefined ? [] : [greeting]), { server: { error: {}, id: 'probe' } }];
    const recording = replay(recordingOf(...parts, ...negotiation, ...exchange(2, 'a', 1)));
    const vm = await connectedTo(recording.transport());
    await vm
      .raw({ execute: 'query-version', id: 'probe' }, { assignId: false, timeoutMs: 20 })
      .catch(() => 'no answer');
    expect(await vm.executeRaw('a')).toBe(1);
    await recording.finished();
  });

  it('says what a server that is none said, and hears what a client said that is no message', async () => {
    const recording = replay(
      recordingOf(
        { server: "QEMU 11.1 monitor - type 'help'" },
        { client: 'help' },
        { server: 'no help' },
        { client: 'garbage' },
        { server: { error: { class: 'GenericError', desc: 'Invalid JSON syntax' } } },
        { end: 'server' },
      ),
    );
    const link = recording.transport();
    let heard = '';
    for await (const chunk of link.readable) {
      heard += new TextDecoder().decode(chunk);
      if (heard.endsWith("help'\r\n")) void link.write(new TextEncoder().encode('help\n'));
      if (heard.endsWith('no help\r\n')) void link.write(new TextEncoder().encode('\n garbage \xff'));
    }
    expect(heard).toBe(
      'QEMU 11.1 monitor - type \'help\'\r\nno help\r\n{"error":{"class":"GenericError","desc":"Invalid JSON syntax"}}\r\n',
    );
  });
});

describe('how a session ends', () => {
  it('the server hangs up where it did', async () => {
    const recording = replay(
      recordingOf(...HANDSHAKE, { client: { execute: 'quit', id: 2 } }, event('SHUTDOWN'), { end: 'server' }),
    );
    const vm = await connectedTo(recording.transport());
    expect(await vm.execute('quit')).toEqual({});
    expect(await vm.closed).toEqual({ kind: 'disconnected' });
    expect(vm.events.history.map(({ event: name }) => name)).toEqual(['SHUTDOWN']);
    await recording.finished();
  });

  it('the link breaks where it did, with the error that it broke with', async () => {
    const recording = replay(
      recordingOf(...HANDSHAKE, { client: { execute: 'a', id: 2 } }, { end: 'link', error: 'read ECONNRESET' }),
    );
    const vm = await connectedTo(recording.transport());
    await expect(vm.executeRaw('a')).rejects.toThrow('read ECONNRESET');
    expect(await vm.closed).toMatchObject({ kind: 'lost', error: { name: 'ConnectionLostError' } });
    await recording.finished();
  });

  it('a client that leaves early is told of by what it has not done', async () => {
    const recording = replay(recordingOf(...HANDSHAKE, ...exchange(2, 'stop', {}), ...exchange(3, 'quit', {})));
    const vm = await connectedTo(recording.transport());
    await vm.disconnect();
    await expect(recording.finished()).rejects.toThrow(
      'Replay: 2 messages of the recorded client did not come again; the first is {"execute":"stop","id":2} (line 5 of the recording)',
    );
  });

  it('so is a client that never comes', async () => {
    const recording = replay(recordingOf(...HANDSHAKE, { end: 'client' }));
    const error = await recording.finished().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ReplayError);
    expect(error).toMatchObject({ line: 3, code: 'REPLAY_FAILED' });
    expect((error as Error).message).toBe(
      'Replay: 1 message of the recorded client did not come again; it is {"execute":"qmp_capabilities","id":1} (line 3 of the recording)',
    );
  });

  it('a client too many is refused', async () => {
    const recording = replay(recordingOf(...HANDSHAKE));
    const first = await connectedTo(recording.transport());
    await first.disconnect();
    await expect(new QmpClient().connect(recording.transport())).rejects.toThrow(
      'a client has connected, but the recording has no session left for it',
    );
    await expect(recording.finished()).rejects.toThrow('no session left');
  });

  it('disposal hangs up on everybody, whatever is left', async () => {
    const recording = replay(recordingOf(...HANDSHAKE, ...exchange(2, 'stop', {})));
    const vm = await connectedTo(recording.transport());
    const waiting = new QmpClient().connect(recording.transport());
    await recording[Symbol.asyncDispose]();
    await expect(waiting).rejects.toThrow('the peer closed the connection');
    expect(await vm.closed).toMatchObject({ error: { name: 'EndOfStreamError' } });
  });

  it('a recording that cannot be read breaks the link, and says why', async () => {
    async function* broken(): AsyncIterable<string> {
      yield recordingOf(...HANDSHAKE);
      await Promise.resolve();
      throw new Error('EIO');
    }
    const recording = replay(broken());
    const vm = new QmpClient();
    await expect(vm.connect(recording.transport())).rejects.toThrow('EIO');
    await expect(recording.finished()).rejects.toThrow('EIO');

    const none = replay('vm.jsonl');
    await expect(new QmpClient().connect(none.transport())).rejects.toThrow('This is no recording');
    await expect(none.finished()).rejects.toThrow('This is no recording');
  });
});
