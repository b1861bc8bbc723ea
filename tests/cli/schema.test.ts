import type { CommandDefinition, Definition, SchemaDifference } from '@qmp/qapi';
import { describe, expect, it } from 'vitest';

import { describeSchemas } from '../qapi/describe-schemas.ts';
import { describeVersions } from '../qemu/describe-versions.ts';
import { connect, startQemu, startStorageDaemon } from '../qemu/qemu-process.ts';
import { temporaryFolder } from '../qemu/test-process.ts';
import { runQmp } from './run-qmp.ts';
import { startQmpPeer } from './scripted-peer.ts';

/** The versions whose schemas come with the command. */
const SHIPPED = ['7.2', '10.0', '11.1'];

/** Runs `qmp schema` to its good end; gives what it prints. */
async function schema(...words: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await runQmp(['schema', ...words]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
}

async function definitions(...words: readonly string[]): Promise<readonly Definition[]> {
  return JSON.parse(await schema('show', ...words, '--json')) as readonly Definition[];
}

describe('qmp schema show', () => {
  it.each(SHIPPED)('tells of a command of %s', async (version) => {
    expect(await schema('show', version, 'block_resize'))
      .toBe(`block_resize: command of QEMU ${version}, allowed in preconfig, since 0.14

arguments
  device?     str
  node-name?  str  since 2.0
  size        int

returns nothing
`);
  });

  it('tells of one branch', async () => {
    const text = await schema('show', '11.1', 'blockdev-add', 'driver=qcow2');
    expect(text).toMatch(/^ {2}driver +=? qcow2$/m);
    expect(text).toMatch(/^ {2}file +BlockdevRef$/m);
    expect(text).not.toContain('vvfat');
  });

  it('keeps what has many branches within a screen or two', async () => {
    expect((await schema('show', '11.1', 'blockdev-add')).split('\n').length).toBeLessThan(50);
    expect((await schema('show', '11.1', 'blockdev-add', '--all')).split('\n').length).toBeGreaterThan(300);
  });

  it('gives definitions to programs, with all that they are made of', async () => {
    const [command, ...types] = await definitions('11.1', 'query-status');
    expect(command).toMatchObject({ kind: 'command', name: 'query-status', returns: 'StatusInfo' });
    expect(types.map(({ name }) => name)).toEqual(['StatusInfo', 'RunState']);
    expect((await definitions('guest-agent-11.1')).filter(({ kind }) => kind === 'command')).toHaveLength(44);
  });

  it('has no colours where no terminal is', async () => {
    expect(await schema('show', '11.1')).not.toContain('\u001b');
  });

  it.each([
    [['show'], 2, /^qmp: The schema is missing; expected a version .* Try qmp schema --help\n$/],
    [
      ['show', 'stop'],
      2,
      /^qmp: "stop" is no source of a schema; expected .* first, or an address in QMP_SOCKET\. Try/,
    ],
    [['show', '9.2', 'stop'], 2, /^qmp: There is no schema of 9\.2 here; expected one of 7\.2, .*\n$/],
    [['show', './nowhere'], 2, /^qmp: There is no \.\/nowhere; expected the folder of QEMU's source, or the socket/],
    [['show', '/'], 1, /^qmp: "\/" is no schema file, and no folder with qapi-schema\.json .*\n$/],
    [['show', '11.1', 'stopp'], 1, 'qmp: QEMU 11.1 has no "stopp"; did you mean stop?\n'],
    [
      ['show', '11.1', 'blockdev-add', 'driver=qcow22'],
      1,
      /^qmp: "qcow22" is no value of driver; did you mean driver=/,
    ],
    [['show', '11.1', 'stop', 'x=y'], 2, /^qmp: "x=y" is too much: stop has no branches\. Try qmp schema --help\n$/],
    [['show', '11.1', 'stop', 'x=y', '--json'], 2, /^qmp: "x=y" does not go with --json, which has all branches\./],
    [['show', '11.1', '--tls-ca', 'x'], 2, /^qmp: --tls-ca goes with the address of a QEMU that runs; expected /],
    [['diff', '11.1'], 2, /^qmp: The second schema is missing; expected two, such as 7\.2 11\.1\. Try/],
    [['diff'], 2, /^qmp: Both schemas are missing; expected two, such as 7\.2 11\.1\. Try/],
    [['diff', '7.2', '11.1', 'x'], 2, /^qmp: "x" is too much; expected two schemas\. Try/],
    [['diff', '7.2', 'x'], 2, /^qmp: "x" is no source of a schema; expected /],
  ])('or diff says what is wrong with %j', async (words, code, stderr) => {
    expect(await runQmp(['schema', ...words])).toEqual({
      code,
      stdout: '',
      stderr: typeof stderr === 'string' ? stderr : (expect.stringMatching(stderr) as string),
    });
  });

  it('says what is wrong with what a server calls its schema', async () => {
    const path = await startQmpPeer({ answer: () => '{"return": [{"name": "x", "meta-type": "tea"}], "id": $ID}\r\n' });
    const { code, stdout, stderr } = await runQmp(['schema', 'show', path]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^qmp: [^\n]*"tea"[^\n]*\n$/);
  });

  it('says that a server does not tell its schema', async () => {
    const path = await startQmpPeer({
      answer: () => '{"error": {"class": "CommandNotFound", "desc": "no such thing"}, "id": $ID}\r\n',
    });
    expect(await runQmp(['schema', 'show', path])).toEqual({
      code: 1,
      stdout: '',
      stderr: 'qmp: query-qmp-schema: no such thing\n',
    });
  });
});

describe('qmp schema diff', () => {
  it('tells what a version has gained and lost', async () => {
    const text = await schema('diff', '7.2', '11.1');
    expect(text).toMatch(/^QEMU 7\.2 -> QEMU 11\.1: \d+ differences, \d+ of them \(!\) may break clients\n\n/);
    expect(text).toMatch(/^ {2}\+ blockdev-set-active {2}command$/m);
    expect(text).toMatch(/^! - MEM_UNPLUG_ERROR {2}event$/m);
    expect(text).toMatch(/^ {2}~ block-job-pause {2}deprecated$/m);
  });

  it('finds none between a schema and itself', async () => {
    expect(await schema('diff', '11.1', 'qemu-11.1')).toBe('QEMU 11.1 -> QEMU 11.1: no differences\n');
    expect(await schema('diff', '11.1', '11.1', '--json')).toBe('[]\n');
  });
});

describeVersions('qemu', (version) => {
  it('is asked by qmp schema show for all that it understands', async () => {
    const qemu = startQemu(version);
    const client = await connect(qemu);
    const names = (await client.execute('query-commands')).map(({ name }) => name);
    await client.disconnect();
    const found = (await definitions(qemu.address)).filter(({ kind }) => kind === 'command');
    expect(new Set(found.map(({ name }) => name))).toEqual(new Set(names));
    const text = await schema('show', qemu.address);
    expect(text).toMatch(new RegExp(`^QEMU ${version.version.replace('.', '\\.')}\\.\\d+ at ${qemu.address}: `));
    for (const name of names) expect(text).toMatch(new RegExp(`^  ${name}(?: |$)`, 'm'));
  });

  it('is found in QMP_SOCKET, and tells of one command by the names that the types have in the source', async () => {
    const qemu = startQemu(version);
    await (await connect(qemu)).disconnect();
    const words = ['schema', 'show', 'blockdev-backup'];
    const { code, stdout } = await runQmp(words, { env: { QMP_SOCKET: qemu.address } });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ {2}sync +MirrorSyncMode$/m);
    expect(stdout).toMatch(/^ {2}job-id\? +str +since 2\.7$/m);
    const [command] = await definitions(qemu.address, 'query-status');
    expect((command as CommandDefinition).returns).toBe('StatusInfo');
  });

  it('says by qmp schema show what it cannot do', async () => {
    const qemu = startQemu(version);
    await (await connect(qemu)).disconnect();
    const { code, stderr } = await runQmp(['schema', 'show', qemu.address, 'make-coffee']);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringMatching(/^qmp: QEMU [\d.]+ at \S+ has no "make-coffee"\n$/) as string,
    });
  });

  it.skipIf(!SHIPPED.includes(version.version))(
    'lacks of the shipped schema only what it was built without',
    async () => {
      const qemu = startQemu(version);
      await (await connect(qemu)).disconnect();
      const text = await schema('diff', version.version, qemu.address, '--json');
      const differences = JSON.parse(text) as readonly SchemaDifference[];
      expect(differences.filter(({ condition }) => condition === undefined)).toEqual([]);
    },
  );
});

describeVersions('storageDaemon', (version) => {
  it('is known by qmp schema show for what it is', async () => {
    const daemon = startStorageDaemon(version);
    await (await connect(daemon)).disconnect();
    expect(await schema('show', daemon.address)).toMatch(
      /^QEMU's storage daemon \d+\.\d+\.\d+ at unix:\S+: \d+ commands/,
    );
    const [, options] = await definitions(daemon.address, 'blockdev-add');
    expect(options?.name).toBe('BlockdevOptions');
  });
});

describeSchemas('folder', (version, folder) => {
  it('is read by qmp schema show, with its version', async () => {
    expect(await schema('show', folder)).toMatch(new RegExp(`^QEMU ${version}[.\\d]* at ${folder}: \\d+ commands, `));
    const guestAgent = `${folder}/qga`;
    expect(await schema('show', guestAgent, 'guest-ping')).toMatch(/^guest-ping: command of QEMU's guest agent \d/);
  });

  it('is the schema that is shipped', async () => {
    expect(await schema('diff', version, folder, '--json')).toBe('[]\n');
  });

  it('says of a schema that is none where it is wrong', async () => {
    const { writeFileSync } = await import('node:fs');
    const path = `${temporaryFolder()}/qapi-schema.json`;
    writeFileSync(path, "{ 'command': 'x',\n  'data': 'Nothing' }\n");
    const { code, stderr } = await runQmp(['schema', 'show', path]);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringMatching(/qapi-schema\.json:1: .*Nothing/) as string,
    });
  });
});
