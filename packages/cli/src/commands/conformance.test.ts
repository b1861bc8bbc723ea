import { describe, expect, it } from 'vitest';

import { run } from '../run.ts';
import { RecordingTerminal } from '../terminal/recording-terminal.test-kit.ts';
import { Stop } from '../terminal/stop.ts';

describe('qmp conformance', () => {
  it.each([
    [[], 'Expected what is to be tested: either --client COMMAND or --server ADDRESS'],
    [['--server', '/x', '--client', 'y'], 'Expected what is to be tested: either --client COMMAND or --server ADDRESS'],
    [['--client'], '--client lacks the command that starts the adapter'],
    [['/x', '--client', 'y'], '"/x" is not expected'],
    [['--timeout', '0', '--client', 'y'], '--timeout is "0"; expected a number of seconds above 0, such as 2.5'],
    [['--server', 'carrier-pigeon:7x'], 'Cannot use the address "carrier-pigeon:7x"'],
    [['--rule', 'greetin', '--server', '/x'], '"greetin" is no rule; expected one of greeting, line-ends, '],
  ])('is used wrongly with %j', async (words, fault) => {
    const terminal = new RecordingTerminal();
    expect(await run(['conformance', ...words], terminal)).toBe(2);
    expect(terminal.stderr.text).toContain(`qmp: ${fault}`);
    expect(terminal.stdout.text).toBe('');
  });

  it('has one line for a server that is not there', async () => {
    const terminal = new RecordingTerminal();
    expect(await run(['conformance', '--server', '/no/such/socket'], terminal)).toBe(1);
    expect(terminal.stderr.text).toMatch(/^qmp: .*\/no\/such\/socket.*\n$/);
  });

  it('ends within a rule when it is to end', async () => {
    const terminal = new RecordingTerminal();
    const adapter = 'console.log(JSON.stringify({ client: "silent" })); process.stdin.resume()';
    const running = run(['conformance', '--timeout', '600', '--client', process.execPath, '-e', adapter], terminal);
    setImmediate(() => terminal.stopping.abort(new Stop('SIGINT', 130)));
    expect(await running).toBe(130);
    expect(terminal.stdout.text).toBe('');
  });
});
