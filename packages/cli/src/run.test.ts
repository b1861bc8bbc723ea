import { describe, expect, it } from 'vitest';

import { run } from './run.ts';
import { Stop } from './terminal/stop.ts';
import { RecordingTerminal } from './terminal/recording-terminal.test-kit.ts';

async function runQmp(...argv: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const terminal = new RecordingTerminal();
  const code = await run(argv, terminal);
  return { code, stdout: terminal.stdout.text, stderr: terminal.stderr.text };
}

describe('qmp', () => {
  it.each([[['--help']], [['-h']], [['help']]])('gives an overview for %j', async (argv) => {
    const { code, stdout, stderr } = await runQmp(...argv);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const word of [
      'qmp demo',
      'qmp exec',
      'qmp events',
      'qmp schema',
      'qmp codegen',
      'qemu-system-x86_64',
      'QMP_SOCKET',
    ]) {
      expect(stdout).toContain(word);
    }
  });

  it.each(['demo', 'exec', 'events', 'schema', 'codegen'])('teaches %s, asked in either way', async (command) => {
    const { code, stdout } = await runQmp(command, '--help');
    expect(code).toBe(0);
    expect(stdout).toMatch(new RegExp(`^Usage: qmp ${command} .*[Ee]xamples.*Exit status: `, 's'));
    expect((await runQmp('help', command)).stdout).toBe(stdout);
  });

  it('keeps its help within 88 columns', async () => {
    for (const topic of [[], ['demo'], ['exec'], ['events'], ['schema'], ['codegen']]) {
      const { stdout } = await runQmp('help', ...topic);
      for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(88);
    }
  });

  it('tells its version', async () => {
    expect(await runQmp('--version')).toEqual({ code: 0, stdout: '0.1.0\n', stderr: '' });
  });

  it.each([
    [
      [],
      'qmp: There is no command; expected one of demo, exec, events, record, replay, log, schema, codegen, help. Try qmp --help\n',
    ],
    [
      ['nope'],
      'qmp: "nope" is no command of qmp; expected one of demo, exec, events, record, replay, log, schema, codegen, help. Try qmp --help\n',
    ],
    [
      ['help', 'nope'],
      'qmp: "nope" is no command of qmp; expected one of demo, exec, events, record, replay, log, schema, codegen, help. Try qmp --help\n',
    ],
    [['demo', 'x'], 'qmp: "x" is too much; expected options only. Try qmp demo --help\n'],
    [['schema'], 'qmp: There is no action; expected show or diff. Try qmp schema --help\n'],
    [['schema', 'x'], 'qmp: "x" is no action of qmp schema; expected show or diff. Try qmp schema --help\n'],
    [['codegen', 'x'], 'qmp: "x" is too much; expected options only. Try qmp codegen --help\n'],
    [['exec', '--nope'], "qmp: Unknown option '--nope'. Try qmp exec --help\n"],
    [
      ['events', '/a', 'stop'],
      'qmp: "stop" is no event; events are in capitals, such as STOP. Try qmp events --help\n',
    ],
  ])('answers %j with one sentence and exit code 2', async (argv, stderr) => {
    expect(await runQmp(...argv)).toEqual({ code: 2, stdout: '', stderr });
  });

  it('ends without a word, and with the code of the stop, when it is stopped', async () => {
    const terminal = new RecordingTerminal();
    terminal.stopping.abort(new Stop('SIGINT', 130));
    expect(await run(['exec', '/nowhere/vm.sock', 'query-status'], terminal)).toBe(130);
    expect(terminal.stderr.text).toBe('');
  });
});
