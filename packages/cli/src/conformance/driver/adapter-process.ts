import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

import type { Environment } from '../../terminal/terminal.ts';
import type { AdapterLink, StartAdapter } from './adapter-link.ts';

/** How much of what it complains about is kept. */
const MAX_COMPLAINT_CHARACTERS = 2_000;

/** Starts the command for each rule, with the address in place of `{}` and in `QMP_ADDRESS`. */
export function adapterCommand([program = '', ...words]: readonly string[], env: Environment): StartAdapter {
  return (address) => {
    const args = words.map((word) => word.replaceAll('{}', address));
    return startAdapter(program, args, { ...env, QMP_ADDRESS: address });
  };
}

function startAdapter(program: string, args: readonly string[], env: Environment): AdapterLink {
  const child = spawn(program, args, { stdio: 'pipe', env });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(-MAX_COMPLAINT_CHARACTERS);
  });
  // Who does not read any more is about to end, which is told below.
  child.stdin.on('error', () => undefined);
  let isClosing = false;
  const gone = new Promise<Error>((resolve) => {
    child.once('error', (error) => resolve(new Error(`${program} cannot be started: ${error.message}`)));
    child.once('close', (code, signal) => resolve(new Error(describeEnd(code, signal, complaint))));
  });
  return {
    lines: linesOf(),
    send: (line) => void child.stdin.write(`${line}\n`),
    async close() {
      isClosing = true;
      child.kill('SIGKILL');
      await gone;
    },
  };

  async function* linesOf(): AsyncGenerator<string> {
    yield* createInterface({ input: child.stdout, crlfDelay: Infinity });
    const end = await gone;
    if (!isClosing) throw end;
  }
}

function describeEnd(code: number | null, signal: NodeJS.Signals | null, complaint: string): string {
  const how = signal === null ? `ended with exit code ${code}` : `was killed by ${signal}`;
  const lines = complaint.trim().split('\n');
  // Below the line that says what happened there are stacks, and what else runtimes like to say.
  const why = lines.find((line) => /^\S*(?:Error|Exception|panic)\b/.test(line)) ?? lines.at(-1) ?? '';
  return `the client's process ${how}${why === '' ? '' : `: ${why}`}`;
}
