import { lstatSync, readdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import { leaveStaleSocket, startServer, temporaryFolder } from '../sockets.test-kit.ts';
import { lookAt, removeIfUnchanged } from './socket-file.ts';

type Seen = NonNullable<ReturnType<typeof lookAt>>;

it('sees nothing where nothing is', () => {
  expect(lookAt(join(temporaryFolder(), 'none'))).toBeUndefined();
});

it('removes what was seen', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 's');
  await leaveStaleSocket(path);
  removeIfUnchanged(path, lookAt(path) as Seen);
  expect(readdirSync(folder)).toEqual([]);
});

it('leaves a live socket that has come to the place of what was seen, and its listener is still reached', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 's');
  writeFileSync(join(folder, 'seen'), '');
  const seen = lookAt(join(folder, 'seen')) as Seen;
  await startServer({ path });
  removeIfUnchanged(path, seen);
  expect(readdirSync(folder)).toEqual(['s', 'seen']);
  const client = connect(path);
  await once(client, 'connect');
  client.destroy();
  expect(lstatSync(path).isSocket()).toBe(true);
});

it('is content when somebody else was faster', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 's');
  await leaveStaleSocket(path);
  const seen = lookAt(path) as Seen;
  removeIfUnchanged(path, seen);
  removeIfUnchanged(path, seen);
  expect(readdirSync(folder)).toEqual([]);
});

it('says so when it may not touch the folder', async () => {
  const path = join(temporaryFolder(), 's');
  writeFileSync(path, '');
  const seen = lookAt(path) as Seen;
  expect(() => removeIfUnchanged(`${path}/s`, seen)).toThrow(/ENOTDIR/);
});
