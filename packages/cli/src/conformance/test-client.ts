import { Deadline } from './deadline.ts';
import type { StartAdapter } from './driver/adapter-link.ts';
import { ClientDriver } from './driver/client-driver.ts';
import type { Limits } from './limits.ts';
import { type ClientRule, ClientTest } from './rules/client/client-test.ts';
import { type Verdict, verdictOn } from './verdict.ts';
import { ScriptedServer } from './wire/scripted-server.ts';

/** What came of a rule for clients, and the name of the client. */
interface Tested {
  readonly subject: string;
  readonly verdict: Verdict;
}

/**
 * Tries a rule on a client, with an adapter and a server of its own.
 *
 * @throws Error when there is no adapter that could be told to do something.
 */
export async function testClient(rule: ClientRule, start: StartAdapter, limits: Limits): Promise<Tested> {
  const server = await ScriptedServer.listen(rule.socket ?? 'unix');
  const link = start(server.address);
  const driver = new ClientDriver(link);
  try {
    // To start is no part of the rule: it takes what it takes.
    const subject = await driver.introduction();
    const deadline = new Deadline(limits.timeoutMs, limits.stop);
    driver.deadline = deadline;
    try {
      const test = new ClientTest(driver, server, deadline);
      return { subject, verdict: await verdictOn(() => rule.check(test)) };
    } finally {
      deadline.close();
    }
  } finally {
    await link.close();
    await server.close();
  }
}
