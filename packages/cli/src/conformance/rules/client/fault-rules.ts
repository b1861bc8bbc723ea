import { returns } from '../../wire/replies.ts';
import type { ClientRule, ClientTest } from './client-test.ts';

/** What no server should send: a client may end the session over it, but nobody waits for ever. */
export const faultRules: readonly ClientRule[] = [
  {
    name: 'error-without-id',
    says: 'After an error without an id, which QEMU sends for what it cannot read, no command waits for ever',
    basis: 'specification',
    check: (test) =>
      expectEnds(test, '{"error": {"class": "GenericError", "desc": "JSON parse error, stray \'x\'"}}\r\n', 'alone'),
  },
  {
    name: 'not-a-number',
    says: 'After inf and nan, which QEMU can send though they are no JSON, no command waits for ever',
    basis: 'practice',
    async check(test) {
      const connection = await test.establish();
      const running = test.client.execute('query-stats');
      connection.send(returns(await running.leadsTo(connection.command()), '{"rate": inf, "mean": -nan}'));
      await running.ended();
    },
  },
  {
    name: 'garbage-between-messages',
    says: 'After a line that is no JSON no command waits for ever',
    basis: 'practice',
    check: (test) => expectEnds(test, 'qemu-system-x86_64: warning: TCG is slow\r\n', 'before the reply'),
  },
  {
    name: 'not-an-object',
    says: 'After JSON that is no object no command waits for ever',
    basis: 'practice',
    check: (test) => expectEnds(test, '[{"return": {}}]\r\n42\r\nnull\r\n', 'before the reply'),
  },
  {
    name: 'neither-return-nor-error',
    says: 'After a reply with neither return nor error its command does not wait for ever',
    basis: 'practice',
    async check(test) {
      const connection = await test.establish();
      const running = test.client.execute('query-name');
      connection.send(returns(await running.leadsTo(connection.command())).replace('"return"', '"retrun"'));
      await running.failure();
    },
  },
  {
    name: 'malformed-error',
    says: 'After an error that lacks class and text its command does not wait for ever',
    basis: 'practice',
    async check(test) {
      const connection = await test.establish();
      const running = test.client.execute('query-name');
      connection.send(returns(await running.leadsTo(connection.command())).replace('"return": {}', '"error": "no"'));
      await running.failure();
    },
  },
];

/** Sends it to a client that waits for a reply; the reply follows, or does not. */
async function expectEnds(test: ClientTest, text: string, follows: 'alone' | 'before the reply'): Promise<void> {
  const connection = await test.establish();
  const running = test.client.execute('query-name');
  const command = await running.leadsTo(connection.command());
  connection.send(text);
  if (follows === 'before the reply') connection.send(returns(command));
  await running.ended();
}
