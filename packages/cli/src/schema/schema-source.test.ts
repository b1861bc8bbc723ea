import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';

import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';

import { UsageError } from '../arguments/usage-error.ts';
import { chooseSource, takeSource } from './schema-source.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'qmp-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('chooseSource', () => {
  it.each([
    ['11.1', 'qemu', '11.1'],
    ['qemu-7.2', 'qemu', '7.2'],
    ['storage-daemon-10.0', 'storage-daemon', '10.0'],
    ['guest-agent-11.1', 'guest-agent', '11.1'],
  ])('takes %s for the schema that is shipped', async (word, program, version) => {
    expect(await chooseSource(word)).toMatchObject({ kind: 'shipped', schema: { program, version } });
  });

  it.each(['/run/vm:1', 'unix:vm.sock', 'localhost:4444', '[::1]:4444', 'tls:vm.example:4444', 'wss://vm.example/qmp'])(
    'takes %s for the address of one that runs',
    async (address) => {
      expect(await chooseSource(address)).toEqual({ kind: 'live', target: { address, source: 'command line' } });
    },
  );

  it('takes a socket for an address, and a folder or a file for source', async () => {
    const socket = join(folder, 'socket');
    const server = createServer().listen(socket);
    onTestFinished(() => void server.close());
    await once(server, 'listening');
    expect(await chooseSource(socket)).toMatchObject({ kind: 'live' });
    expect(await chooseSource(folder)).toEqual({ kind: 'tree', path: folder });
    const file = join(folder, 'qapi-schema.json');
    writeFileSync(file, '');
    expect(await chooseSource(file)).toEqual({ kind: 'tree', path: file });
    expect(await chooseSource('.')).toEqual({ kind: 'tree', path: '.' });
  });

  it.each([
    ['9.2', /^There is no schema of 9\.2 here; expected one of 7\.2, storage-daemon-7\.2, .*, the address of one/],
    [
      'qemu',
      /^"qemu" is no source of a schema; expected a version \(7\.2, 10\.0, 11\.1\), the address .* or the folder/,
    ],
    ['/nowhere/at/all', /^There is no \/nowhere\/at\/all; expected the folder of QEMU's source, or the socket/],
  ])('says what is wrong with %s', async (word, message) => {
    await expect(chooseSource(word)).rejects.toThrow(UsageError);
    await expect(chooseSource(word)).rejects.toThrow(message);
  });
});

describe('takeSource', () => {
  it('takes the first word if it can be a source', async () => {
    expect(await takeSource(['11.1', 'quit'], { QMP_SOCKET: '/a' })).toMatchObject({
      source: { kind: 'shipped' },
      words: ['quit'],
    });
  });

  it('takes QMP_SOCKET otherwise', async () => {
    expect(await takeSource(['block_resize'], { QMP_SOCKET: './a.sock' })).toEqual({
      source: { kind: 'live', target: { address: './a.sock', source: 'QMP_SOCKET' } },
      words: ['block_resize'],
    });
  });

  it.each([
    [[], /^The schema is missing; expected a version .* first, or an address in QMP_SOCKET$/],
    [['block_resize'], /^"block_resize" is no source of a schema; expected a version .* first, or/],
  ])('says what is missing from %j', async (words, message) => {
    await expect(takeSource(words, {})).rejects.toThrow(message);
  });
});
