import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

import { loadModel } from '../../schema/qemu-11.1.ts';
import { VirtualClock } from './clock/virtual-clock.ts';
import { commandTable } from './command-table.ts';
import { MemoryFiles } from './files/memory-files.ts';
import type { Emit } from './handlers.ts';
import { Machine } from './machine/machine.ts';

const PAGE = readFileSync(new URL('../../../../../docs/testing.md', import.meta.url), 'utf8');
/** The server itself answers these. */
const STANDARD = ['query-commands', 'query-qmp-schema', 'query-version'];

it('what is played are commands of QEMU 11.1, and those that docs/testing.md lists', async () => {
  const clock = new VirtualClock('manual');
  const emit: Emit = () => undefined;
  const machine = new Machine({ options: {}, habits: {}, disks: undefined, clock, emit, onEnd: () => undefined });
  const files = new MemoryFiles();
  const table = commandTable(machine, { options: {}, clock, files, emit, diskBytesPerSecond: 1 });
  const { commands } = await loadModel();
  for (const name of Object.keys(table)) expect(commands.has(name) ? name : `${name} is unknown`).toBe(name);
  const [, section = ''] = /^### What it plays$(.*?)^#/ms.exec(PAGE) ?? [];
  const rows = section.split('\n').filter((line) => line.startsWith('|'));
  const listed = rows.flatMap((row) => Array.from(row.matchAll(/`([^`]+)`/g), ([, name = '']) => name));
  expect(listed.sort()).toEqual([...Object.keys(table), ...STANDARD].sort());
});
