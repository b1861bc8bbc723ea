import { Deadline } from './deadline.ts';
import type { Limits } from './limits.ts';
import { type ServerRule, ServerTest } from './rules/server/server-test.ts';
import { type Verdict, verdictOn } from './verdict.ts';

/** What came of a rule for servers. */
interface Tested {
  /** Its address. */
  readonly subject: string;
  readonly verdict: Verdict;
}

/**
 * Tries a rule on a server, over connections of its own.
 *
 * @throws DialError when nobody listens at the address; AddressError when it is none.
 */
export async function testServer(rule: ServerRule, address: string, limits: Limits): Promise<Tested> {
  const deadline = new Deadline(limits.timeoutMs, limits.stop);
  const test = new ServerTest(address, deadline);
  try {
    return { subject: address, verdict: await verdictOn(() => rule.check(test)) };
  } finally {
    await test.close();
    deadline.close();
  }
}
