import { mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

import { describe, expect, it, onTestFinished } from 'vitest';

import { parseAddress } from '../address/parse-address.ts';
import { DialError } from '../errors/dial-error.ts';
import { runtime } from '../runtime.test-kit.ts';
import {
  leaveStaleSocket,
  patient,
  readAll,
  startFullListener,
  startServer,
  temporaryFolder,
} from '../sockets.test-kit.ts';
import { dial } from './dial.ts';

describe('retry', () => {
  it('waits for a listener to come, past a socket file that nobody listens at yet', async () => {
    const path = join(temporaryFolder(), 's');
    const failures: unknown[] = [];
    const steps = [
      () => leaveStaleSocket(path),
      async () => {
        await startServer({ path: `${path}.new` }, (socket) => void socket.end('at last'));
        renameSync(`${path}.new`, path);
      },
    ];
    const waits: Promise<void>[] = [];
    const transport = await dial(parseAddress(path), {
      signal: patient,
      retry: true,
      onRetry(error) {
        if (isNews(failures, error)) waits.push(steps[waits.length]?.() ?? Promise.resolve());
      },
    });
    onTestFinished(() => transport.abort());
    expect((await readAll(transport)).toString()).toBe('at last');
    expect(failures).toEqual(['ENOENT', 'ECONNREFUSED']);
  });

  it.runIf(process.platform === 'linux')('waits for a place in the listener’s queue', async ({ skip }) => {
    skip(runtime === 'Bun', 'Bun takes a listener whose queue is full for none (EAGAIN becomes ECONNREFUSED)');
    const path = join(temporaryFolder(), 's');
    await startFullListener(path);
    const controller = new AbortController();
    const codes: string[] = [];
    const dialing = dial(parseAddress(path), {
      signal: controller.signal,
      retry: true,
      onRetry: (error) => {
        codes.push((error as DialError).code);
        if (codes.length === 2) controller.abort('waited enough');
      },
    });
    await expect(dialing).rejects.toBe('waited enough');
    expect(codes).toEqual(['EAGAIN', 'EAGAIN']);
  });

  it('is over at once with any other failure', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'd'));
    const dialing = dial(parseAddress(join(folder, 'd')), {
      signal: patient,
      retry: true,
      onRetry: () => expect.unreachable('there is nothing to wait for'),
    });
    await expect(dialing).rejects.toMatchObject({ code: 'ENOTSOCK' });
  });

  it('ends its pause when the signal aborts', async () => {
    const controller = new AbortController();
    const reason = new Error('the deadline');
    const dialing = dial(parseAddress(join(temporaryFolder(), 'none')), {
      signal: controller.signal,
      retry: true,
      onRetry: () => setImmediate(() => controller.abort(reason)),
    });
    await expect(dialing).rejects.toBe(reason);
  });

  it('is not what happens unless it is asked for', async () => {
    const dialing = dial(parseAddress(join(temporaryFolder(), 'none')), {
      signal: patient,
      onRetry: () => expect.unreachable('nobody asked for it'),
    });
    await expect(dialing).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

/** Whether the error's code is another than the last one; then it is written down. */
function isNews(codes: unknown[], error: Error): boolean {
  const code = error instanceof DialError ? error.code : error;
  if (codes.at(-1) === code) return false;
  codes.push(code);
  return true;
}
