import { event, greeting, returns } from '../../wire/replies.ts';
import { acceptNegotiation, type ClientRule, expectSame } from './client-test.ts';

/** How the server introduces itself. */
export const greetingRules: readonly ClientRule[] = [
  {
    name: 'greeting-in-pieces',
    says: 'A greeting that arrives byte by byte is understood',
    basis: 'specification',
    async check(test) {
      const connecting = test.client.connect();
      const connection = await test.connection(connecting);
      await connection.sendInPieces(Array.from(greeting()));
      await acceptNegotiation(connection, connecting);
      await connecting.value();
    },
  },
  {
    name: 'pretty-printed',
    says: 'Messages spread over several lines are understood, as QEMU writes them with pretty=on',
    basis: 'practice',
    async check(test) {
      const connecting = test.client.connect();
      const connection = await test.connection(connecting);
      connection.send(overLines(greeting()));
      connection.send(overLines(returns(await connecting.leadsTo(connection.command()))));
      await connecting.value();
      const running = test.client.execute('query-status');
      connection.send(
        overLines(returns(await running.leadsTo(connection.command()), '{"running": true, "list": [1, 2]}')),
      );
      await running.gives({ running: true, list: [1, 2] });
    },
  },
  {
    name: 'unknown-members-in-greeting',
    says: 'What a greeting holds beyond the known is ignored',
    basis: 'specification',
    async check(test) {
      const connecting = test.client.connect();
      const connection = await test.connection(connecting);
      connection.send(
        '{"__org.example_new": [1], "QMP": {"motto": {}, "capabilities": [], "version": {"package": "", ' +
          '"qemu": {"nano": 4, "micro": 3, "minor": 2, "major": 99}, "new": null}}}\r\n',
      );
      await acceptNegotiation(connection, connecting);
      await connecting.value();
    },
  },
  {
    name: 'event-before-greeting',
    says: 'An event before the greeting does not keep the client from connecting',
    basis: 'practice',
    async check(test) {
      const connecting = test.client.connect();
      const connection = await test.connection(connecting);
      connection.send(event('RESUME'));
      connection.send(greeting());
      await acceptNegotiation(connection, connecting);
      await connecting.value();
    },
  },
  {
    name: 'byte-order-mark',
    says: 'A byte order mark before the greeting is skipped',
    basis: 'practice',
    async check(test) {
      const connecting = test.client.connect();
      const connection = await test.connection(connecting);
      connection.send(`\uFEFF${greeting()}`);
      await acceptNegotiation(connection, connecting);
      await connecting.value();
    },
  },
  {
    name: 'silent-server',
    says: 'The wait for a greeting that does not come can be given a time limit',
    basis: 'practice',
    async check(test) {
      const connecting = test.client.connect({ timeoutMs: 200 });
      await test.connection(connecting);
      await connecting.failure();
    },
  },
  {
    name: 'not-a-monitor',
    says: 'To connect to something that does not speak QMP fails',
    basis: 'practice',
    async check(test) {
      const connecting = test.client.connect();
      const connection = await test.connection(connecting);
      connection.send("QEMU 11.1.0 monitor - type 'help' for more information\r\n(qemu) ");
      await connecting.failure();
    },
  },
  {
    name: 'end-before-greeting',
    says: 'To connect to a server that hangs up before its greeting fails',
    basis: 'practice',
    async check(test) {
      const connecting = test.client.connect();
      const connection = await test.connection(connecting);
      connection.end();
      await connecting.failure();
    },
  },
  {
    name: 'second-session',
    says: 'A new connection starts over, with a greeting and a negotiation of its own',
    basis: 'specification',
    async check(test) {
      const first = await test.establish();
      // It ends in the middle of a message, of which the client has read the beginning.
      first.send(`${event('STOP')}{"return": `);
      await test.client.eventNamed('STOP');
      const leaving = test.client.disconnect();
      first.end();
      await leaving.ended();
      const second = await test.establish();
      const running = test.client.execute('query-name');
      second.send(returns(await second.command(), '2'));
      await running.gives(2);
    },
  },
  {
    name: 'silence-before-negotiation',
    says: 'Nothing but qmp_capabilities is sent before the negotiation, however early a command is asked for',
    basis: 'specification',
    async check(test) {
      const connecting = test.client.connect();
      const early = test.client.execute('query-name');
      const connection = await test.connection(connecting);
      connection.send(greeting());
      await acceptNegotiation(connection, connecting);
      await connecting.value();
      // That a client refuses a command which comes too early is its right.
      const late = test.client.execute('query-status');
      for (;;) {
        const command = await connection.command();
        expectSame('whether a further qmp_capabilities follows', command.name === 'qmp_capabilities', false);
        connection.send(returns(command));
        if (command.name === 'query-status') break;
      }
      await late.value();
      await early.ended();
    },
  },
];

/** The message with a line end and blanks wherever JSON allows them. */
function overLines(message: string): string {
  return `${message.trim().replaceAll(/[{[,]/g, '$&\r\n    ').replaceAll(/[}\]]/g, '\r\n$&')}\r\n`;
}
