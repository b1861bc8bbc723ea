import { setTimeout as pause } from 'node:timers/promises';
import type { JsonObject } from '@qmp/protocol/codecs';

import { Violation } from '../../verdict.ts';
import type { RawSession } from '../../wire/raw-session.ts';
import { expectAnswer, expectError, type ServerRule } from './server-test.ts';

const QUERY = '{"execute": "query-version", "id": 1}';
const LONG_ID = 64 * 1024;
const TOO_DEEP = 1025;

/** What a server reads, and what it makes of what it cannot read. */
export const syntaxRules: readonly ServerRule[] = [
  {
    name: 'command-in-pieces',
    says: 'A command that arrives byte by byte is carried out',
    basis: 'specification',
    async check(test) {
      const session = await test.negotiated();
      for (const byte of new TextEncoder().encode('{"execute": "query-version", "id": "é"}')) {
        await session.send(Uint8Array.of(byte));
        await pause(1);
      }
      expectAnswer(await session.reply(), 'é');
    },
  },
  {
    name: 'no-line-end',
    says: 'A command is carried out at its closing brace, without a line end',
    basis: 'practice',
    async check(test) {
      const session = await test.negotiated();
      expectAnswer(await session.ask(QUERY), 1);
    },
  },
  {
    name: 'blanks',
    says: 'Blanks and line ends between and within commands do not matter',
    basis: 'specification',
    async check(test) {
      const session = await test.negotiated();
      expectAnswer(await session.ask('\r\n \t\n{\r\n\t"execute"\n:\n"query-version" ,"id"\r:1\n}\n\n'), 1);
    },
  },
  {
    name: 'single-quotes',
    says: 'Text may stand in single quotes',
    basis: 'specification',
    async check(test) {
      const session = await test.negotiated();
      expectAnswer(await session.ask(String.raw`{'execute': 'query-version', 'id': 'it\'s'}`), "it's");
    },
  },
  {
    name: 'long-command',
    says: 'A command of 64 KiB is carried out',
    basis: 'practice',
    async check(test) {
      const session = await test.negotiated();
      const id = 'x'.repeat(LONG_ID);
      expectAnswer(await session.ask(`{"execute": "query-version", "id": "${id}"}`), id);
    },
  },
  {
    name: 'malformed-input',
    says: 'What is no JSON is answered by an error without an id, and the next line is read as if nothing had been',
    basis: 'specification',
    async check(test) {
      const session = await test.negotiated();
      for (const input of [
        '{]',
        '}',
        '{"execute": foo}',
        '{"execute":}',
        '{"execute": "query-version",}',
        '{"execute": "query-version" "id": 1}',
        '{"execute": "query-version", "id": NaN}',
        '{"execute": "query-version", "id": 01x}',
        '%p',
        '{\u0001',
        '{"id": "line\nend"}',
      ]) {
        await expectUnreadable(session, input);
      }
      await expectUnreadable(session, Uint8Array.of(0x7b, 0xff));
    },
  },
  {
    name: 'duplicate-member',
    says: 'An object with the same member twice is refused',
    basis: 'practice',
    async check(test) {
      await expectUnreadable(await test.negotiated(), '{"execute": "query-version", "id": 1, "id": 2}');
    },
  },
  {
    name: 'ill-formed-text',
    says: 'Text that is no Unicode, by its bytes or by its escapes, is refused',
    basis: 'practice',
    async check(test) {
      const session = await test.negotiated();
      await expectUnreadable(session, String.raw`{"execute": "query-version", "id": "a\ud83db"}`);
      const [before, after] = ['{"execute": "query-version", "id": "a', 'b"}'].map((text) => Buffer.from(text));
      await expectUnreadable(
        session,
        Buffer.concat([before ?? [], [0x80], after ?? []].map((part) => Buffer.from(part))),
      );
    },
  },
  {
    name: 'resynchronisation',
    says: 'A command that breaks off is given up for a control character; the next one is read',
    basis: 'specification',
    async check(test) {
      const session = await test.negotiated();
      for (const half of ['{"execute": "quer', '{"execute": ["query-version", {"a": ', '[[[[']) {
        await session.send(half);
        await expectUnreadable(session, Uint8Array.of(0x01));
      }
    },
  },
  {
    name: 'too-deep',
    says: `Values nested ${TOO_DEEP} deep are refused, and do no harm`,
    basis: 'practice',
    async check(test) {
      const session = await test.negotiated();
      await expectUnreadable(
        session,
        `{"execute": "query-version", "id": ${'['.repeat(TOO_DEEP)}${']'.repeat(TOO_DEEP)}}`,
      );
    },
  },
];

/** Sends something that cannot be read, which costs one error or more, and proves that the server goes on. */
async function expectUnreadable(session: RawSession, input: string | Uint8Array): Promise<void> {
  const replies: readonly JsonObject[] = await session.exchange(input);
  const shown = JSON.stringify(typeof input === 'string' ? input.slice(0, 60) : Buffer.from(input).toString('latin1'));
  if (replies.length === 0) throw new Violation(`${shown} is not answered by an error`);
  for (const reply of replies) expectError(reply, 'GenericError', undefined);
}
