import { execFile } from 'node:child_process';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { rows } from '../rows/rows.mjs';
import { parseCommandLine } from './parse-command-line.mjs';

const program = fileURLToPath(new URL('../main.mjs', import.meta.url));

describe('the command line', () => {
  it('asks for all rows in five rounds, to be written down, when it is empty', () => {
    expect(parseCommandLine([])).toEqual({ help: false, rows, rounds: 5, nodes: [], isWrittenDown: true });
  });

  it('names rows, which are measured in the order of the tables and not written down', () => {
    const { rows: chosen, isWrittenDown } = parseCommandLine(['events', 'sequence', '--rounds', '7']);
    expect(chosen.map(({ name }) => name)).toEqual(['sequence', 'events']);
    expect(isWrittenDown).toBe(false);
  });

  it('does not have fewer than five rounds written down', () => {
    expect(parseCommandLine(['--rounds', '4'])).toMatchObject({ rounds: 4, isWrittenDown: false });
  });

  it('is in a hurry with --quick: one round, in this Node', () => {
    expect(parseCommandLine(['--quick'])).toMatchObject({ rounds: 1, nodes: [process.execPath], isWrittenDown: false });
  });

  it('takes several Nodes', () => {
    expect(parseCommandLine(['--node', '/a', '--node', '/b']).nodes).toEqual(['/a', '/b']);
  });

  it.each([
    [['sequense'], /^unknown row "sequense", expected sequence, in-flight-256, /],
    [['--rounds', '0'], /^--rounds is "0", expected a number from 1 to 9999$/],
    [['--rounds', 'many'], /^--rounds is "many", expected/],
    [['--quick', '--rounds', '3'], /^--quick is one round, so --rounds goes without$/],
    [['--nodes', '/a'], /--nodes/],
  ])('refuses %j', (args, message) => {
    expect(() => parseCommandLine(args)).toThrow(message);
  });

  it('that is wrong ends the program with status 2 before anything is measured', async () => {
    const run = promisify(execFile)(process.execPath, [program, 'sequense']);
    await expect(run).rejects.toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(/^bench: unknown row "sequense", expected .* \(--help explains\)\n$/) as string,
    });
  });
});
