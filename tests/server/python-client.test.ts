import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import type { AnySchema } from 'qmp';
import { CommandError, QmpServer } from 'qmp/server';
import { expect, it, onTestFinished } from 'vitest';

import { installPythonQmp } from '../../tools/python-qmp/index.mjs';
import { isContinuousIntegration } from '../continuous-integration.ts';
import { temporaryFolder } from '../qemu/test-process.ts';

const SCRIPT = fileURLToPath(new URL('python_client.py', import.meta.url));
const VERSION = { qemu: { micro: 0, minor: 1, major: 11 }, package: 'ours' };

/** Where the reference is, or why it is not; CI accepts no reason. */
const reference = await installPythonQmp().then(
  (path) => ({ path, missing: undefined }),
  (error: unknown) => {
    if (isContinuousIntegration()) throw error;
    return { path: undefined, missing: `QEMU's Python package cannot be had: ${String(error)}` };
  },
);

function newServer(): QmpServer<AnySchema> {
  const server: QmpServer<AnySchema> = new QmpServer<AnySchema>({
    version: VERSION,
    handlers: {
      'query-status': () => ({ status: 'running', running: true }),
      echo: (args) => args,
      refuse: () => {
        throw new CommandError('DeviceNotActive', 'not now');
      },
      large: () => 'x'.repeat(5_000_000),
      slow: () => new Promise<null>((resolve) => setTimeout(resolve, 200, null)),
      yank: (_, { isOutOfBand }) => isOutOfBand,
      stop: () => {
        server.emit('STOP', { wanted: false });
        server.emit('STOP', { wanted: true });
      },
      quit: () => void server.close(),
    },
  });
  onTestFinished(() => server.close({ graceMs: 0 }));
  return server;
}

it("QEMU's own clients, in Python, have nothing to complain about", { timeout: 60_000 }, async ({ skip }) => {
  skip(reference.missing !== undefined, reference.missing);
  const path = join(temporaryFolder(), 'qmp');
  await newServer().listen(path);
  const environment = { ...process.env, PYTHONPATH: reference.path };
  const python = spawn('python3', [SCRIPT, path], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => void python.kill('SIGKILL'));
  const [told, complaints] = await Promise.all([text(python.stdout), text(python.stderr)]);
  expect(complaints).toBe('');
  expect(
    told
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown),
  ).toEqual([
    { legacy: VERSION },
    { status: { status: 'running', running: true } },
    { refused: 'DeviceNotActive' },
    { events: ['STOP', 'STOP'] },
    { version: VERSION, capabilities: ['oob'] },
    { status: { status: 'running', running: true } },
    { echo: { number: 2 ** 63, text: 'tést 😀', list: [null, true, 0.5] } },
    { refused: ['DeviceNotActive', 'not now'] },
    { unknown: ['CommandNotFound', 'The command nope has not been found'] },
    { large: 5_000_000 },
    { in_flight: true },
    { out_of_band: true, slow_is_done: false },
    { event: 'STOP', data: { wanted: true } },
    { quit: {} },
  ]);
});
