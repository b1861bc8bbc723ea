import { describe, expect, it } from 'vitest';

import { Deadline } from './deadline.ts';
import { Violation } from './verdict.ts';

const never = new Promise<never>(() => undefined);

describe('a deadline', () => {
  it('gives what comes in time, good or bad', async () => {
    const deadline = new Deadline(60_000);
    await expect(deadline.wait('it', Promise.resolve(7))).resolves.toBe(7);
    await expect(deadline.wait('it', Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    deadline.close();
  });

  it('is a violation for what does not come, which says what and how long', async () => {
    const late = new Deadline(20).wait('the reply', never);
    await expect(late).rejects.toEqual(new Violation('the reply has not come in 0.02 s'));
  });

  it('ends every wait when all is to end, with the reason, and begins no other', async () => {
    const stopping = new AbortController();
    const deadline = new Deadline(60_000, stopping.signal);
    const waits = [deadline.wait('this', never), deadline.wait('that', never)];
    stopping.abort(new Error('ctrl-C'));
    for (const wait of waits) await expect(wait).rejects.toThrow('ctrl-C');
    await expect(deadline.wait('more', Promise.resolve())).rejects.toThrow('ctrl-C');
    deadline.close();
  });
});
