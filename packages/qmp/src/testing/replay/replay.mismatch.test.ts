import type { JsonObject } from '@qmp/protocol/codecs';
import { transportPair } from '@qmp/protocol/testing';
import { describe, expect, it } from 'vitest';

import { connectedTo, exchange, HANDSHAKE, recordingOf } from './recording.test-kit.ts';
import type { ReplayMatch } from './difference-of.ts';
import { ReplayError } from './replay-error.ts';
import { replay } from './replay.ts';

describe('a client that does something else', () => {
  it('gets an error reply that says what was expected, and is hung up on; so does the test', async () => {
    const recording = replay(recordingOf(...HANDSHAKE, ...exchange(2, 'stop', {}), ...exchange(3, 'cont', {})));
    const vm = await connectedTo(recording.transport());
    const text =
      'Replay: the client sent {"execute":"quit"}, but expected {"execute":"stop"} (line 5 of the recording): ' +
      'the command is "quit", not "stop"';
    await expect(vm.executeRaw('quit')).rejects.toThrow(`quit: ${text}`);
    await vm.closed;
    const error = await recording.finished().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ReplayError);
    expect(error).toMatchObject({ message: text, line: 5, code: 'REPLAY_FAILED' });
  });

  it('is told of the command that it meant, among those that may come', async () => {
    const recording = replay(
      recordingOf(
        ...HANDSHAKE,
        { client: { execute: 'a', id: 2 } },
        { client: { execute: 'b', arguments: { x: 1 }, id: 3 } },
        { server: { return: {}, id: 2 } },
      ),
    );
    const vm = await connectedTo(recording.transport());
    await expect(vm.executeRaw('b', { x: 2 })).rejects.toThrow('(line 6 of the recording): arguments.x is 2, not 1');
  });

  it('may send nothing behind the end of the recording', async () => {
    const recording = replay(recordingOf(...HANDSHAKE, { end: 'client' }));
    const vm = await connectedTo(recording.transport());
    await expect(vm.executeRaw('stop')).rejects.toThrow(
      'the client sent {"execute":"stop"}, but expected nothing more from it (the recording ends with line 5)',
    );
    await expect(recording.finished()).rejects.toThrow('expected nothing more');
  });

  it('is told of without its secrets', async () => {
    const recording = replay(recordingOf(...HANDSHAKE, ...exchange(2, 'stop', {})));
    const vm = await connectedTo(recording.transport());
    const error = await vm.execute('set_password', { password: 'hunter2' }).catch((thrown: unknown) => thrown);
    expect(String(error)).toContain('{"execute":"set_password","arguments":{"password":"***"}}');
    expect(String(error)).not.toContain('hunter2');
  });

  it('is hung up on where it sends no message', async () => {
    const [near, far] = transportPair();
    const recording = replay(recordingOf(...HANDSHAKE));
    const served = recording.serve(far);
    void near.write(new TextEncoder().encode('help\n'));
    await expect(served).rejects.toThrow(
      'Replay: the client sent "help", but expected {"execute":"qmp_capabilities"} (line 3 of the recording): it is no message',
    );
  });

  it('is hung up on where it sends a message in the place of something else', async () => {
    const [near, far] = transportPair();
    const recording = replay(recordingOf({ client: 'help' }));
    const served = recording.serve(far);
    void near.write(new TextEncoder().encode('{"execute":"help"}'));
    await expect(served).rejects.toThrow('but expected "help" (line 2 of the recording): it is a message');
  });
});

describe('how closely a client has to keep to a recording', () => {
  const recorded: JsonObject = {
    path: '/tmp/a',
    size: 5,
    exact: 18_446_744_073_709_551_615n,
    flags: { ro: true, none: null },
    keys: [{ type: 'qcode', data: 'ret' }, 1],
    empty: [],
  };

  it.each<[ReplayMatch, JsonObject, string | undefined]>([
    ['exact', { ...recorded }, undefined],
    ['exact', { ...recorded, absent: undefined }, undefined],
    ['exact', { ...recorded, path: '/tmp/b' }, 'arguments.path is "/tmp/b", not "/tmp/a"'],
    ['exact', { ...recorded, exact: 5n }, 'arguments.exact is 5, not 18446744073709551615'],
    ['exact', { ...recorded, more: 1 }, 'arguments.more is 1, not absent'],
    ['exact', { ...recorded, size: undefined }, 'arguments.size is absent, not 5'],
    ['exact', { ...recorded, keys: [] }, 'arguments.keys has 0 items, not 2'],
    ['exact', { ...recorded, keys: [{ type: 'qcode', data: 'tab' }, 1] }, 'arguments.keys[0].data is "tab", not "ret"'],
    ['exact', { ...recorded, flags: [] }, 'arguments.flags is [], not {"ro":true,"none":null}'],
    ['shape', { ...recorded, path: '/tmp/b', size: 6n, exact: 0 }, undefined],
    ['shape', { ...recorded, keys: [7, { type: '', data: '' }, 8] }, undefined],
    ['shape', { ...recorded, keys: [] }, undefined],
    ['shape', { ...recorded, path: 5 }, 'arguments.path is 5, not "/tmp/a"'],
    ['shape', { ...recorded, flags: { ro: true, none: 1 } }, 'arguments.flags.none is 1, not null'],
    ['shape', { ...recorded, keys: [{ type: '' }] }, 'arguments.keys[0].data is absent, not "ret"'],
    ['shape', { ...recorded, empty: [1] }, 'arguments.empty is not empty'],
    ['command', { whatever: 1 }, undefined],
  ])('%s, as in case %#', async (match, args, difference) => {
    const recording = replay(recordingOf(...HANDSHAKE, ...exchange(2, 'x', {}, recorded)), { match });
    const vm = await connectedTo(recording.transport());
    const outcome = vm.executeRaw('x', args);
    if (difference === undefined) {
      expect(await outcome).toEqual({});
      await recording.finished();
    } else {
      await expect(outcome).rejects.toThrow(`(line 5 of the recording): ${difference}`);
    }
  });

  it.each<[ReplayMatch, boolean]>([
    ['exact', false],
    ['shape', true],
    ['command', true],
  ])('%s takes another text in the place of a text: %s', async (match, isTaken) => {
    const [near, far] = transportPair();
    const recording = replay(recordingOf({ client: 'help' }, { end: 'server' }), { match });
    const served = recording.serve(far);
    void near.write(new TextEncoder().encode('info\n'));
    if (isTaken) await expect(served).resolves.toBeUndefined();
    else await expect(served).rejects.toThrow('it is another text');
  });
});
