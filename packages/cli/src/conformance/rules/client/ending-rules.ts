import { event, returns } from '../../wire/replies.ts';
import type { ClientRule } from './client-test.ts';

/** How a session ends. */
export const endingRules: readonly ClientRule[] = [
  {
    name: 'end-while-waiting',
    says: 'When the server hangs up, commands that wait for their reply fail',
    basis: 'practice',
    async check(test) {
      const connection = await test.establish();
      const running = [test.client.execute('query-name'), test.client.execute('query-status')];
      await connection.command();
      connection.end();
      for (const task of running) await task.failure();
    },
  },
  {
    name: 'end-within-a-message',
    says: 'When the server hangs up within a message, the command that waits for it fails',
    basis: 'practice',
    async check(test) {
      const connection = await test.establish();
      const running = test.client.execute('query-name');
      connection.send(returns(await running.leadsTo(connection.command()), '{"name": "vm"}').slice(0, -8));
      connection.end();
      await running.failure();
    },
  },
  {
    name: 'reset-while-waiting',
    says: 'When the connection is reset, commands that wait for their reply fail',
    basis: 'practice',
    socket: 'tcp',
    async check(test) {
      const connection = await test.establish();
      const running = test.client.execute('query-name');
      await running.leadsTo(connection.command());
      connection.reset();
      await running.failure();
    },
  },
  {
    name: 'command-after-the-end',
    says: 'A command after the end of the session fails at once',
    basis: 'practice',
    async check(test) {
      const connection = await test.establish();
      const running = test.client.execute('query-name');
      await running.leadsTo(connection.command());
      connection.end();
      await running.failure();
      await test.client.execute('query-status').failure();
    },
  },
  {
    name: 'quit',
    says: 'quit works: its event and its reply are told, and the end that follows is none to complain about',
    basis: 'specification',
    async check(test) {
      const connection = await test.establish();
      const running = test.client.execute('quit');
      connection.send(
        event('SHUTDOWN', '{"guest": false, "reason": "host-qmp-quit"}') +
          returns(await running.leadsTo(connection.command())),
      );
      connection.end();
      await running.gives({});
      await test.client.eventNamed('SHUTDOWN');
      await test.client.disconnect().ended();
    },
  },
  {
    name: 'reset-after-quit',
    says: 'quit works also when the connection is reset behind its reply, as QEMU does where bytes are left unread',
    basis: 'practice',
    socket: 'tcp',
    async check(test) {
      const connection = await test.establish();
      const running = test.client.execute('quit');
      connection.send(returns(await running.leadsTo(connection.command())));
      connection.reset();
      await running.gives({});
      await test.client.disconnect().ended();
    },
  },
  {
    name: 'quit-without-reply',
    says: 'The end of the connection in place of a reply to quit is no failure',
    basis: 'specification',
    async check(test) {
      const connection = await test.establish();
      const running = test.client.execute('quit');
      await running.leadsTo(connection.command());
      connection.end();
      await running.value();
    },
  },
  {
    name: 'disconnect',
    says: 'To disconnect ends, and so do waiting commands, also when the server does not hang up in turn',
    basis: 'practice',
    async check(test) {
      const connection = await test.establish();
      const running = test.client.execute('query-name');
      await running.leadsTo(connection.command());
      await test.client.disconnect().value();
      await running.failure();
    },
  },
];
