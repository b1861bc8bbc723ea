import type { Command } from '../../wire/command.ts';
import { refuses, returns } from '../../wire/replies.ts';
import { type ClientRule, expectThat } from './client-test.ts';

const QUEUE_LIMIT = 8;

/** Commands that overtake others. */
export const outOfBandRules: readonly ClientRule[] = [
  {
    name: 'form-of-out-of-band-commands',
    says: 'An out-of-band command is sent as exec-oob, with an id',
    basis: 'specification',
    async check(test) {
      const connection = await test.establish();
      const running = test.client.execute('migrate-pause', { oob: true });
      const command = await running.leadsTo(connection.command());
      expectThat(command.isOutOfBand, 'it is sent as an ordinary command');
      expectThat(command.id !== undefined, 'it has no id');
      connection.send(returns(command));
      await running.value();
    },
  },
  {
    name: 'replies-out-of-order',
    says: 'The reply to an out-of-band command may come before those to commands that were sent earlier',
    basis: 'specification',
    async check(test) {
      const connection = await test.establish();
      const slow = test.client.execute('x-slow');
      const early = await connection.command();
      const fast = test.client.execute('migrate-pause', { oob: true });
      const overtaker = await fast.leadsTo(connection.command());
      connection.send(returns(overtaker, '"fast"') + returns(early, '"slow"'));
      await fast.gives('fast');
      await slow.gives('slow');
    },
  },
  {
    name: 'not-more-than-eight',
    says: 'With out-of-band enabled no more than eight ordinary commands are in flight, and out-of-band ones pass by',
    basis: 'specification',
    async check(test) {
      const connection = await test.establish();
      const ordinary = Array.from({ length: 12 }, () => test.client.execute('x-slow'));
      const fast = test.client.execute('migrate-pause', { oob: true });
      // What the client refuses is told at once; a client of one command at a time would wait for ever.
      const refused = fast.value().then(() => 'done' as const);
      const waiting: Command[] = [];
      for (;;) {
        const next = connection.command();
        const command = await Promise.race([next, refused.then(() => next)]);
        if (command.isOutOfBand) {
          connection.send(returns(command));
          break;
        }
        waiting.push(command);
      }
      await fast.value();
      expectThat(waiting.length <= QUEUE_LIMIT, `${waiting.length} commands are in flight`);
      for (const command of waiting) connection.send(returns(command));
      for (let left = ordinary.length - waiting.length; left > 0; left -= 1) {
        connection.send(returns(await connection.command()));
      }
      for (const task of ordinary) await task.value();
    },
  },
  {
    name: 'out-of-band-where-it-is-not',
    says: 'On a server that has not offered it, an out-of-band command fails; it is not sent as an ordinary one',
    basis: 'practice',
    async check(test) {
      const connection = await test.establish('[]');
      const running = test.client.execute('migrate-pause', { oob: true });
      const next = test.client.execute('query-name');
      for (;;) {
        const command = await connection.command();
        if (command.name === 'query-name') {
          connection.send(returns(command));
          break;
        }
        expectThat(command.isOutOfBand, 'it is sent as an ordinary command');
        connection.send(refuses(command, 'GenericError', "QMP input member 'exec-oob' is unexpected"));
      }
      await next.value();
      await running.failure();
    },
  },
];
