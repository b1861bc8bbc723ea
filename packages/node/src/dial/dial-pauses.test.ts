import { join } from 'node:path';

import { expect, it, vi } from 'vitest';

import { temporaryFolder } from '../sockets.test-kit.ts';
import { dial } from './dial.ts';

const { pauses } = vi.hoisted(() => ({ pauses: [] as number[] }));

vi.mock('node:timers/promises', async (loadOriginal) => ({
  ...(await loadOriginal<object>()),
  async setTimeout(delayMs: number): Promise<void> {
    pauses.push(delayMs);
  },
}));

it('pauses 20 ms after the first failure and twice as long after each further one, up to 250 ms', async () => {
  const controller = new AbortController();
  const dialing = dial(
    { kind: 'unix', path: join(temporaryFolder(), 'none') },
    {
      signal: controller.signal,
      retry: true,
      onRetry() {
        if (pauses.length === 6) controller.abort('seen enough');
      },
    },
  );
  await expect(dialing).rejects.toBe('seen enough');
  expect(pauses.slice(0, 6)).toEqual([20, 40, 80, 160, 250, 250]);
});
