import { describe, expect, it } from 'vitest';

import { brokenClient } from './broken-client.test-kit.ts';
import { inProcessAdapter, Unsupported } from './in-process-adapter.test-kit.ts';
import { clientRules } from './rules/client/client-rules.ts';
import { testClient } from './test-client.ts';

/** A rule that waits in vain takes that long. */
const BRIEFLY_MS = 2_000;

describe.concurrent('a rule for clients', () => {
  for (const rule of clientRules) {
    it(`${rule.name} is kept by a plain client`, async () => {
      const { subject, verdict } = await testClient(rule, brokenClient(), { timeoutMs: 20_000 });
      expect({ subject, verdict }).toEqual({ subject: 'a client of this test', verdict: { kind: 'pass' } });
    });

    it(`${rule.name} is seen to be broken`, async () => {
      const { verdict } = await testClient(rule, brokenClient(rule.name), { timeoutMs: BRIEFLY_MS });
      expect(verdict).toEqual({ kind: 'fail', why: expect.any(String) as string });
    });
  }

  it('is not applicable to a client that has no such thing', async () => {
    const why = 'it is a stub';
    const stub = inProcessAdapter(() => ({
      carryOut: () => Promise.reject(new Unsupported(why)),
      close: () => undefined,
    }));
    const [rule] = clientRules;
    if (rule === undefined) throw new Error('There is no rule');
    const { verdict } = await testClient(rule, stub, { timeoutMs: 20_000 });
    expect(verdict).toEqual({ kind: 'not applicable', why });
  });
});

describe('the rules for clients', () => {
  it('have a name of their own each, and no sentence ends in a full stop', () => {
    expect(new Set(clientRules.map(({ name }) => name)).size).toBe(clientRules.length);
    expect(clientRules.filter(({ says }) => says.endsWith('.'))).toEqual([]);
  });
});
