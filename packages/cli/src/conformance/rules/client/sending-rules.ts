import { parseJson, stringifyJson } from '@qmp/protocol/codecs';

import { NotApplicable } from '../../verdict.ts';
import { canonicalJson } from '../../wire/canonical-json.ts';
import type { Command } from '../../wire/command.ts';
import { greeting, returns } from '../../wire/replies.ts';
import { type ClientRule, type ClientTest, expectSame, expectThat } from './client-test.ts';

const KNOWN_MEMBERS = new Set(['execute', 'exec-oob', 'arguments', 'id']);

/** What a client sends. */
export const sendingRules: readonly ClientRule[] = [
  {
    name: 'form-of-commands',
    says: 'A command has execute, perhaps arguments, which is an object, perhaps id, and nothing else',
    basis: 'specification',
    async check(test) {
      const connecting = test.client.connect();
      const connection = await test.connection(connecting);
      connection.send(greeting());
      const negotiation = await connecting.leadsTo(connection.command());
      expectForm(negotiation);
      connection.send(returns(negotiation));
      await connecting.value();
      for (const args of [undefined, '{}', '{"device":"ide0","force":true}']) {
        const running = test.client.execute('eject', args === undefined ? {} : { arguments: args });
        const command = await running.leadsTo(connection.command());
        expectForm(command);
        expectSame('what is sent as arguments', canonicalJson(command.arguments ?? {}), args ?? '{}');
        connection.send(returns(command));
        await running.value();
      }
    },
  },
  {
    name: 'exact-integers-sent',
    says: 'Integers of 64 bits are sent exactly, as digits',
    basis: 'specification',
    check: (test) => expectArrives(test, '{"list": [18446744073709551615, -9223372036854775808, 9007199254740993]}'),
  },
  {
    name: 'text-sent',
    says: 'Text of any language, quotes and control characters arrive as they are',
    basis: 'specification',
    check: (test) =>
      expectArrives(test, String.raw`{"tést ☃": "😀 \"quoted\" \\ / \u0000\u0007\n\u2028\u007F", "": ""}`),
  },
  {
    name: 'long-command',
    says: 'A command of a megabyte arrives whole',
    basis: 'practice',
    check: (test) => expectArrives(test, `{"text": "${'x'.repeat(1024 * 1024)}"}`),
  },
  {
    name: 'ill-formed-text',
    says: 'Text with half of a surrogate pair, which a server cannot read, is not sent',
    basis: 'practice',
    async check(test) {
      const connection = await test.establish();
      const running = test.client.execute('x-echo', { arguments: String.raw`{"text": "a\ud83db"}` });
      const next = test.client.execute('query-status');
      const command = await connection.command();
      if (command.name === 'x-echo') {
        const { text } = command.arguments as { readonly text: string };
        expectThat(!/\p{Surrogate}/u.test(text), 'half of a surrogate pair is sent');
        connection.send(returns(command));
        connection.send(returns(await connection.command()));
      } else connection.send(returns(command));
      await next.value();
      await running.ended();
    },
  },
  {
    name: 'many-in-flight',
    says: 'Of 200 commands that are asked for at once each gets its own reply',
    basis: 'specification',
    async check(test) {
      const connection = await test.establish();
      const numbers = Array.from({ length: 200 }, (_, index) => index);
      const running = numbers.map((number) => test.client.execute('x-echo', { arguments: `{"number": ${number}}` }));
      for (const _ of numbers) {
        const command = await connection.command();
        const { number } = command.arguments as { readonly number: number };
        connection.send(returns(command, String(number)));
      }
      for (const number of numbers) await running[number]?.gives(number);
    },
  },
  {
    name: 'different-ids',
    says: 'Commands that are in flight at the same time have different ids',
    basis: 'specification',
    async check(test) {
      const connection = await test.establish();
      const running = [test.client.execute('query-name'), test.client.execute('query-status')];
      const [first, second] = [connection.command(), connection.command()];
      const { id } = await first;
      if (id === undefined) throw new NotApplicable('the client sends no ids');
      // A client may as well send one at a time.
      connection.send(returns(await first));
      expectThat(
        stringifyJson((await second).id ?? null) !== stringifyJson(id),
        `the id ${stringifyJson(id)} is used twice`,
      );
      connection.send(returns(await second));
      for (const task of running) await task.value();
    },
  },
];

/** Has the client send arguments, which are JSON, and looks whether they are still the same on the wire. */
async function expectArrives(test: ClientTest, args: string): Promise<void> {
  const connection = await test.establish();
  const running = test.client.execute('x-echo', { arguments: args });
  // Ends the wait for a command that the client refuses to send.
  const command = await running.leadsTo(connection.command());
  const [sent, wanted] = [canonicalJson(command.arguments ?? null), canonicalJson(parseJson(args))];
  expectThat(sent === wanted, `what is sent is ${sent.slice(0, 200)} instead of ${wanted.slice(0, 200)}`);
  connection.send(returns(command));
  await running.value();
}

function expectForm({ name, arguments: args, message }: Command): void {
  const known = Object.keys(message).every((member) => KNOWN_MEMBERS.has(member));
  const isObject = args === undefined || (typeof args === 'object' && args !== null && !Array.isArray(args));
  const holds = known && isObject && typeof name === 'string';
  expectThat(holds, `this is no command: ${stringifyJson(message).slice(0, 200)}`);
}
