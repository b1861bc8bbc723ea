import { stringifyJson } from '@qmp/protocol/codecs';

import { Violation } from '../../verdict.ts';
import { expectAnswer, expectError, needCommands, type ServerRule } from './server-test.ts';

/** Commands that overtake others, and what happens by itself. */
export const outOfBandRules: readonly ServerRule[] = [
  {
    name: 'out-of-band-not-enabled',
    says: 'exec-oob is refused where it has not been enabled',
    basis: 'practice',
    async check(test) {
      const session = await test.negotiated();
      expectError(await session.ask('{"exec-oob": "query-yank", "id": 1}'), 'GenericError', 1);
    },
  },
  {
    name: 'out-of-band',
    says: 'A command that allows it can be executed out-of-band, and in the ordinary way too',
    basis: 'specification',
    async check(test) {
      const session = await test.outOfBand();
      await needCommands(session, 'query-yank');
      expectAnswer(await session.ask('{"exec-oob": "query-yank", "id": 1}'), 1);
      expectAnswer(await session.ask('{"execute": "query-yank", "id": 2}'), 2);
    },
  },
  {
    name: 'out-of-band-not-allowed',
    says: 'A command that does not allow it is not executed out-of-band, and one that does not exist is not found',
    basis: 'specification',
    async check(test) {
      const session = await test.outOfBand();
      expectError(await session.ask('{"exec-oob": "query-version", "id": 1}'), 'GenericError', 1);
      expectError(await session.ask('{"exec-oob": "no-such-command", "id": 2}'), 'CommandNotFound', 2);
    },
  },
  {
    name: 'execute-and-exec-oob',
    says: 'A message with both execute and exec-oob is refused',
    basis: 'practice',
    async check(test) {
      const session = await test.outOfBand();
      const both = '{"execute": "query-version", "exec-oob": "query-yank", "id": 1}';
      expectError(await session.ask(both), 'GenericError', 1);
    },
  },
  {
    name: 'in-order-with-out-of-band',
    says: 'Ordinary commands are answered in their order where out-of-band is enabled, too',
    basis: 'specification',
    async check(test) {
      const session = await test.outOfBand();
      const ids = Array.from({ length: 50 }, (_, index) => index);
      await session.send(ids.map((id) => `{"execute":"query-version","id":${id}}`).join(''));
      for (const id of ids) {
        const reply = await session.reply();
        if (reply['id'] !== id)
          throw new Violation(`the reply to ${stringifyJson(reply['id'] ?? null)} comes before that to ${id}`);
      }
    },
  },
];
