import { parseJson, stringifyJson } from '@qmp/protocol/codecs';

import { NotApplicable } from '../../verdict.ts';
import { event, refuses, returns } from '../../wire/replies.ts';
import { type ClientRule, type ClientTest, expectThat } from './client-test.ts';

const NESTING = 500;
const REFUSAL = '"error": {"class": "GenericError", "desc": "not for you"}';

/** How a client reads what comes back. */
export const replyRules: readonly ClientRule[] = [
  {
    name: 'any-return-value',
    says: 'A command may return any JSON value: also null, false, 0, empty text and empty lists',
    basis: 'specification',
    check: (test) =>
      expectReturned(test, '{}', '[]', 'null', 'false', '0', '""', '"Error: no such thing\\r\\n"', '[null, 1]'),
  },
  {
    name: 'exact-integers-received',
    says: 'Integers of 64 bits are read exactly',
    basis: 'specification',
    check: (test) => expectReturned(test, '{"list": [18446744073709551615, -9223372036854775808, 9007199254740993]}'),
  },
  {
    name: 'escapes',
    says: 'Escaped text is read as what it stands for, surrogate pairs and NUL included',
    basis: 'specification',
    check: (test) =>
      expectReturned(test, String.raw`"t\u00E9st \u2603 \uD83D\uDE00 \u0000 \" \\ \/ \b\f\n\r\t \u007F"`),
  },
  {
    name: 'members-by-any-name',
    says: 'A member may have any name, such as __proto__ or constructor',
    basis: 'practice',
    check: (test) => expectReturned(test, '{"__proto__": {"a": 1}, "constructor": 2, "toString": 3}'),
  },
  {
    name: 'deep-value',
    says: `Values nested ${NESTING} deep are read; QEMU's limit is 1024`,
    basis: 'practice',
    check: (test) => expectReturned(test, `${'['.repeat(NESTING)}${']'.repeat(NESTING)}`),
  },
  {
    name: 'reply-of-256-kib',
    says: 'A reply of 256 KiB on one line is read, as query-qmp-schema gives one',
    basis: 'practice',
    check: (test) => expectReturned(test, `"${'schema '.repeat(37_450)}"`),
  },
  {
    name: 'reply-of-16-mib',
    says: 'A reply of 16 MiB on one line is read',
    basis: 'practice',
    check: (test) => expectReturned(test, `"${'x'.repeat(16 * 1024 * 1024)}"`),
  },
  {
    name: 'reply-in-pieces',
    says: 'A reply may be cut anywhere: within a character, and between CR and LF',
    basis: 'specification',
    async check(test) {
      const connection = await test.establish();
      const first = test.client.execute('query-name');
      const reply = Buffer.from(returns(await connection.command(), '{"name": "tést ☃ 😀"}'));
      await connection.sendInPieces(Array.from(reply, (byte) => Uint8Array.of(byte)));
      await first.gives({ name: 'tést ☃ 😀' });
    },
  },
  {
    name: 'glued-messages',
    says: 'Several messages in one piece are all taken, also when they end in LF alone',
    basis: 'specification',
    async check(test) {
      const connection = await test.establish();
      const running = test.client.execute('query-name');
      const reply = returns(await running.leadsTo(connection.command()), '{"name": "vm"}');
      connection.send((event('STOP') + reply + event('RESUME')).replaceAll('\r\n', '\n'));
      await running.gives({ name: 'vm' });
      await test.client.eventNamed('STOP');
      await test.client.eventNamed('RESUME');
    },
  },
  {
    name: 'unknown-members-in-replies',
    says: 'What a reply or an event holds beyond the known is ignored, and members come in any order',
    basis: 'specification',
    async check(test) {
      const connection = await test.establish();
      const running = test.client.execute('query-name');
      const [, rest] = /^\{(.*)\}\r\n$/.exec(returns(await running.leadsTo(connection.command()), '{}')) ?? [];
      connection.send(
        '{"__org.example_x": {}, "data": {"a": 1}, "event": "STOP", "timestamp": {"microseconds": 1, "seconds": 2}}\r\n',
      );
      connection.send(`{"took-ms": 5, ${rest}, "warnings": []}\r\n`);
      await running.gives({});
      await test.client.eventNamed('STOP');
    },
  },
  {
    name: 'error-reply',
    says: 'A refused command fails with the class and the text of the error, whatever class it is; the session goes on',
    basis: 'specification',
    async check(test) {
      const connection = await test.establish();
      for (const errorClass of ['GenericError', 'CommandNotFound', 'ClassOfTomorrow']) {
        const running = test.client.execute('device_add');
        const description = `Device 'tést' not found (${errorClass})`;
        connection.send(refuses(await connection.command(), errorClass, description));
        const { error, message } = await running.failure();
        const isTold = error?.['class'] === errorClass && error['desc'] === description;
        expectThat(isTold, `the error is told as ${error === undefined ? message : stringifyJson(error)}`);
      }
      const next = test.client.execute('query-name');
      connection.send(returns(await connection.command(), '7'));
      await next.gives(7);
    },
  },
  {
    name: 'unknown-id',
    says: 'Replies with an id that nobody waits for are dropped',
    basis: 'specification',
    check: (test) => expectDropped(test, '"return": "not for you", "id": "nobody"', `${REFUSAL}, "id": "nobody"`),
  },
  {
    name: 'unknown-id-of-any-type',
    says: 'They are dropped whatever the type of the id',
    basis: 'practice',
    async check(test) {
      const ids = ['999999', '{"a": [1]}', '[]', 'true'];
      await expectDropped(test, ...ids.map((id) => `"return": "not for you", "id": ${id}`));
    },
  },
  {
    name: 'late-reply',
    says: 'A command can be given up after a time; its late reply does not become the answer to the next command',
    basis: 'practice',
    async check(test) {
      const connection = await test.establish();
      const slow = test.client.execute('query-block', { timeoutMs: 200 });
      const late = await connection.command();
      await slow.failure();
      const next = test.client.execute('query-name');
      // Who does not send it before the other is answered can still get it right.
      const command = connection.command();
      connection.send(returns(late, '"too late"'));
      connection.send(returns(await command, '"in time"'));
      await next.gives('in time');
    },
  },
];

/** Has commands return values, which are JSON, and looks whether the client gives the same. */
async function expectReturned(test: ClientTest, ...values: readonly string[]): Promise<void> {
  const connection = await test.establish();
  for (const value of values) {
    const running = test.client.execute('x-any');
    connection.send(returns(await connection.command(), value));
    await running.gives(parseJson(value));
  }
}

/** Sends replies to nobody, as members in JSON, while a command waits for its own. */
async function expectDropped(test: ClientTest, ...replies: readonly string[]): Promise<void> {
  const connection = await test.establish();
  const running = test.client.execute('query-name');
  const command = await running.leadsTo(connection.command());
  if (command.id === undefined) throw new NotApplicable('the client sends no ids');
  for (const members of replies) connection.send(`{${members}}\r\n`);
  connection.send(returns(command, '"yours"'));
  await running.gives('yours');
}
