import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { inflateSync } from 'node:zlib';

import { describe, expect, it } from 'vitest';

import { describeVersions } from '../qemu/describe-versions.ts';
import { temporaryFolder } from '../qemu/test-process.ts';
import { outcomeOf, type QmpProcess, runQmp, startQmp } from './run-qmp.ts';

/** What each row of the timeline says: direction and name. */
function rowsOf(stdout: string): string[] {
  return Array.from(stdout.matchAll(/^ +[\d.]+ ms {2}([→←●]) {2}(\S+)/gm), ([, arrow, name]) => `${arrow} ${name}`);
}

const QUESTIONS = ['qmp_capabilities', 'query-version', 'query-name', 'query-status', 'query-qmp-schema'];
const ROWS_UP_TO_THE_SCREEN = [
  '← greeting',
  ...QUESTIONS.flatMap((name) => [`→ ${name}`, `← ${name}`]),
  '→ stop',
  '● STOP',
  '← stop',
  '→ query-status',
  '← query-status',
  '→ cont',
  '● RESUME',
  '← cont',
  '→ make-coffee',
  '← make-coffee',
];

/** The ids of the processes that were started with this text in their arguments. */
function processesWith(text: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => {
      const file = `/proc/${pid}/cmdline`;
      return existsSync(file) && readFileSync(file, 'utf8').includes(text);
    })
    .map(Number);
}

/** Waits until the demo has printed this. */
async function printed(qmp: QmpProcess, text: string): Promise<void> {
  let seen = '';
  await new Promise<void>((resolve, reject) => {
    qmp.stdout.on('data', (chunk: Buffer) => {
      seen += chunk.toString();
      if (seen.includes(text)) resolve();
    });
    qmp.stdout.once('end', () => reject(new Error(`Expected ${JSON.stringify(text)} in ${JSON.stringify(seen)}`)));
  });
}

/** What it shows is the same on QEMU and on its double: all of the conversation, and a picture of the screen. */
function expectShow(stdout: string, cwd: string): void {
  const rows = rowsOf(stdout);
  expect(rows.slice(0, ROWS_UP_TO_THE_SCREEN.length)).toEqual(ROWS_UP_TO_THE_SCREEN);
  // Old versions announce the end behind the reply.
  expect(new Set(rows.slice(-3))).toEqual(new Set(['→ quit', '● SHUTDOWN', '← quit']));
  expect(stdout).toMatch(/\n\d+ commands and 3 events in \d+ ms\. The screen \(720 x 400\) is in \.\/qmp-demo\.png\n$/);

  const png = readFileSync(join(cwd, 'qmp-demo.png'));
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([720, 400]);
  const rowsOfPixels = inflateSync(png.subarray(41, 41 + png.readUInt32BE(33)));
  expect(rowsOfPixels.filter((byte) => byte !== 0).length).toBeGreaterThan(3 * 1000);
}

describe('qmp demo, without QEMU,', () => {
  it('says so, and shows the same on its double', async () => {
    const TMPDIR = temporaryFolder();
    const cwd = temporaryFolder();
    const { code, stdout, stderr } = await runQmp(['demo'], { cwd, env: { PATH: cwd, TMPDIR } });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^Start\. No QEMU on PATH \(.+ brings one\): a double plays its part\.$/m);
    expectShow(stdout, cwd);
    expect(readdirSync(TMPDIR)).toEqual([]);
  });

  it('talks to the double when told to, whatever QEMU there is', async () => {
    const cwd = temporaryFolder();
    const { code, stdout } = await runQmp(['demo', '--embedded'], { cwd, env: { QEMU: '/nowhere/qemu' } });
    expect(code).toBe(0);
    expect(stdout).toContain('Start. A double plays the part of QEMU, as you asked.');
  });

  it('says that the QEMU that was asked for cannot be started', async () => {
    const TMPDIR = temporaryFolder();
    const { code, stderr } = await runQmp(['demo'], { env: { QEMU: '/nowhere/qemu', TMPDIR } });
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'qmp: The demo broke off: Cannot start /nowhere/qemu: no such file or directory\n',
    });
    expect(readdirSync(TMPDIR)).toEqual([]);
  });

  it('tells what QEMU complained of before it died', async () => {
    const TMPDIR = temporaryFolder();
    const QEMU = join(TMPDIR, 'qemu');
    writeFileSync(QEMU, '#!/bin/sh\necho "no machine like that" >&2\nexit 3\n', { mode: 0o755 });
    const { code, stderr } = await runQmp(['demo'], { env: { QEMU, TMPDIR } });
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'qmp: The demo broke off: QEMU ended with exit code 3; it said: no machine like that\n',
    });
    expect(readdirSync(TMPDIR)).toEqual(['qemu']);
  });
});

describeVersions('qemu', (version) => {
  it('is shown by qmp demo, with a picture of its screen', async () => {
    const TMPDIR = temporaryFolder();
    const cwd = temporaryFolder();
    const { code, stdout, stderr } = await runQmp(['demo'], { cwd, env: { QEMU: version.qemu, TMPDIR } });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expectShow(stdout, cwd);
    expect(readdirSync(TMPDIR)).toEqual([]);
    expect(processesWith(TMPDIR)).toEqual([]);
  });

  it('is ended by ctrl-C together with qmp demo', async () => {
    const TMPDIR = temporaryFolder();
    const qmp = startQmp(['demo', '--screenshot', '/nowhere/x.png'], { env: { QEMU: version.qemu, TMPDIR } });
    await printed(qmp, '→  screendump');
    const outcome = outcomeOf(qmp);
    process.kill(Number(qmp.pid), 'SIGINT');
    expect(await outcome).toMatchObject({ code: 130, stderr: '' });
    expect(readdirSync(TMPDIR)).toEqual([]);
    expect(processesWith(TMPDIR)).toEqual([]);
  });

  it('is ended together with qmp demo when nobody reads any more', async () => {
    const TMPDIR = temporaryFolder();
    const qmp = startQmp(['demo', '--screenshot', '/nowhere/x.png'], { env: { QEMU: version.qemu, TMPDIR } });
    await printed(qmp, 'Start.');
    qmp.stdout.destroy();
    const [code] = (await once(qmp, 'exit')) as [number | null];
    expect(code).toBe(0);
    expect(qmp.stderr.read()).toBeNull();
    expect(readdirSync(TMPDIR)).toEqual([]);
    expect(processesWith(TMPDIR)).toEqual([]);
  });

  it('is reported by qmp demo when it is killed', async () => {
    const TMPDIR = temporaryFolder();
    const qmp = startQmp(['demo', '--screenshot', '/nowhere/x.png'], { env: { QEMU: version.qemu, TMPDIR } });
    await printed(qmp, '→  screendump');
    const outcome = outcomeOf(qmp);
    for (const pid of processesWith(TMPDIR)) process.kill(pid, 'SIGKILL');
    expect(await outcome).toMatchObject({
      code: 1,
      stderr: 'qmp: The demo broke off: QEMU was killed by SIGKILL\n',
    });
    expect(readdirSync(TMPDIR)).toEqual([]);
  });
});
