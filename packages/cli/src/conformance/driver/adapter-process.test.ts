import { describe, expect, it } from 'vitest';

import { adapterCommand } from './adapter-process.ts';

async function linesOf(program: string, address = '/run/vm.sock'): Promise<string[]> {
  const link = adapterCommand([process.execPath, '-e', program, '{}'], { PATH: process.env['PATH'] })(address);
  link.send('{"do": "nothing"}');
  const lines: string[] = [];
  try {
    for await (const line of link.lines) {
      lines.push(line);
      if (line === 'enough') break;
    }
  } finally {
    await link.close();
  }
  return lines;
}

describe('the process of an adapter', () => {
  it('gets the address in its environment and in place of {}, and its lines on stdin', async () => {
    const program =
      'console.log(process.env.QMP_ADDRESS, process.argv[1]);' +
      'process.stdin.once("data", (text) => console.log(String(text) + "enough"));';
    expect(await linesOf(program)).toEqual(['/run/vm.sock /run/vm.sock', '{"do": "nothing"}', 'enough']);
  });

  it('is told of when it ends by itself, with the line that says why', async () => {
    const failing = linesOf('console.log(1); throw new RangeError("too much")');
    await expect(failing).rejects.toThrow("the client's process ended with exit code 1: RangeError: too much");
    await expect(linesOf('process.kill(process.pid, "SIGKILL")')).rejects.toThrow('was killed by SIGKILL');
  });

  it('that cannot be started says why', async () => {
    const link = adapterCommand(['/no/such/program'], {})('/run/vm.sock');
    await expect(link.lines[Symbol.asyncIterator]().next()).rejects.toThrow('/no/such/program cannot be started: ');
    await link.close();
  });
});
