import { type JsonValue, parseJson, stringifyJson } from '@qmp/protocol/codecs';

import { Violation } from '../../verdict.ts';
import { expectAnswer, expectError, type ServerRule } from './server-test.ts';

/** Commands and their replies. */
export const commandRules: readonly ServerRule[] = [
  {
    name: 'id-of-any-type',
    says: 'The id comes back as it was, whatever JSON it is, in replies and in errors',
    basis: 'specification',
    async check(test) {
      const session = await test.negotiated();
      const ids = ['"text"', '""', '7', '-0.5', 'true', 'null', '[]', '[1, [2]]', '{}', '{"a": {"b": [null]}}'];
      for (const id of [...ids, '18446744073709551615', '-9223372036854775808']) {
        const value: JsonValue = parseJson(id);
        expectAnswer(await session.ask(`{"execute": "query-version", "id": ${id}}`), value);
        expectError(await session.ask(`{"execute": "no-such-command", "id": ${id}}`), 'CommandNotFound', value);
      }
    },
  },
  {
    name: 'id-of-any-text',
    says: 'Text comes back as it was, in any language and with every escape',
    basis: 'specification',
    async check(test) {
      const session = await test.negotiated();
      for (const id of [
        '"tést ☃ 😀 \u2028"',
        String.raw`"\" \\ \/ \b \f \n \r \t \u00e9 \u2603 \ud83d\ude00 \u007f"`,
      ]) {
        expectAnswer(await session.ask(`{"execute": "query-version", "id": ${id}}`), parseJson(id));
      }
    },
  },
  {
    name: 'no-id',
    says: 'The reply to a command without an id has none',
    basis: 'specification',
    async check(test) {
      const session = await test.negotiated();
      const reply = await session.ask('{"execute": "query-version"}');
      if ('id' in reply || !('return' in reply)) throw new Violation(`the reply is ${stringifyJson(reply)}`);
      expectError(await session.ask('{"execute": "no-such-command"}'), 'CommandNotFound', undefined);
    },
  },
  {
    name: 'unknown-command',
    says: 'A command that does not exist is refused as CommandNotFound',
    basis: 'specification',
    async check(test) {
      const session = await test.negotiated();
      for (const name of ['no-such-command', '', 'QUERY-VERSION', 'tést']) {
        expectError(await session.ask(stringifyJson({ execute: name, id: name })), 'CommandNotFound', name);
      }
    },
  },
  {
    name: 'unknown-argument',
    says: 'An argument that the command does not have is refused',
    basis: 'specification',
    async check(test) {
      const session = await test.negotiated();
      const asked = '{"execute": "query-version", "arguments": {"no-such-argument": 1}, "id": 1}';
      expectError(await session.ask(asked), 'GenericError', 1);
      expectAnswer(await session.ask('{"execute": "query-version", "arguments": {}, "id": 2}'), 2);
    },
  },
  {
    name: 'unknown-member',
    says: 'A message with a member that commands do not have is refused',
    basis: 'practice',
    async check(test) {
      const session = await test.negotiated();
      expectError(await session.ask('{"execute": "query-version", "extra": 1, "id": 1}'), 'GenericError', 1);
    },
  },
  {
    name: 'arguments-that-are-none',
    says: 'Arguments that are no object are refused',
    basis: 'specification',
    async check(test) {
      const session = await test.negotiated();
      for (const args of ['[]', 'null', '"x"', '1', 'false']) {
        const reply = await session.ask(`{"execute": "query-version", "arguments": ${args}, "id": ${args}}`);
        expectError(reply, 'GenericError', parseJson(args));
      }
    },
  },
  {
    name: 'command-that-is-none',
    says: 'A message without a command, or whose command is no text, is refused',
    basis: 'specification',
    async check(test) {
      const session = await test.negotiated();
      for (const message of [
        '{"id": 1}',
        '{"execute": true, "id": 1}',
        '{"execute": null, "id": 1}',
        '{"arguments": {}, "id": 1}',
      ]) {
        expectError(await session.ask(message), 'GenericError', 1);
      }
      expectError(await session.ask('{}'), 'GenericError', undefined);
    },
  },
  {
    name: 'not-an-object',
    says: 'JSON that is no object is refused, without an id',
    basis: 'specification',
    async check(test) {
      const session = await test.negotiated();
      for (const message of ['[]', '[{"execute": "query-version", "id": 1}]', '42', '"text"', 'null', 'true']) {
        for (const reply of await session.exchange(message)) expectError(reply, 'GenericError', undefined);
        if ((await session.exchange(message)).length === 0) throw new Violation(`${message} is not refused`);
      }
    },
  },
  {
    name: 'in-order',
    says: 'Commands that come at once are answered all, in their order',
    basis: 'specification',
    async check(test) {
      const session = await test.negotiated();
      const ids = Array.from({ length: 200 }, (_, index) => index);
      await session.send(
        ids.map((id) => `{"execute":"${id % 3 === 0 ? 'no-such-command' : 'query-version'}","id":${id}}`).join(''),
      );
      for (const id of ids) {
        const reply = await session.reply();
        if (reply['id'] !== id)
          throw new Violation(`the reply to ${stringifyJson(reply['id'] ?? null)} comes before that to ${id}`);
      }
    },
  },
];
