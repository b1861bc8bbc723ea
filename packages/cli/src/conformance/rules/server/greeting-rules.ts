import { stringifyJson } from '@qmp/protocol/codecs';

import { NotApplicable, Violation } from '../../verdict.ts';
import { canonicalJson } from '../../wire/canonical-json.ts';
import { memberOf } from '../../wire/raw-session.ts';
import { expectAnswer, expectError, expectReturn, type ServerRule } from './server-test.ts';

/** How a server begins, and how it lets a client in. */
export const greetingRules: readonly ServerRule[] = [
  {
    name: 'greeting',
    says: 'The first message is the greeting, unasked: QMP with a version and a list of capabilities',
    basis: 'specification',
    async check(test) {
      const greeting = await (await test.connect()).message();
      const version = memberOf(greeting['QMP'], 'version');
      const numbers = ['major', 'minor', 'micro'].map((name) => memberOf(memberOf(version, 'qemu'), name));
      const capabilities = memberOf(greeting['QMP'], 'capabilities');
      const isGreeting =
        numbers.every((number) => Number.isInteger(number)) &&
        typeof memberOf(version, 'package') === 'string' &&
        Array.isArray(capabilities) &&
        capabilities.every((name) => typeof name === 'string');
      if (!isGreeting) throw new Violation(`this is no greeting: ${stringifyJson(greeting).slice(0, 200)}`);
    },
  },
  {
    name: 'line-ends',
    says: 'Every message ends in CR LF',
    basis: 'specification',
    async check(test) {
      const session = await test.negotiated();
      await session.exchange('{"execute": "no-such-command"}');
      // Of pretty ones each line does.
      const bad = session.received.match(/[^\r]\n/);
      if (bad !== null || !session.received.includes('}\r\n')) throw new Violation('there is a line without CR LF');
    },
  },
  {
    name: 'version',
    says: 'query-version returns what the greeting says',
    basis: 'specification',
    async check(test) {
      const session = await test.connect();
      const version = memberOf((await session.message())['QMP'], 'version') ?? null;
      await session.send('{"execute": "qmp_capabilities"}');
      await session.reply();
      expectReturn(await session.ask('{"execute": "query-version", "id": 1}'), version, 1);
    },
  },
  {
    name: 'refuses-before-negotiation',
    says: 'Before the negotiation every other command is not found, known or not; the negotiation is still possible then',
    basis: 'specification',
    async check(test) {
      const session = await test.connect();
      await session.message();
      expectError(await session.ask('{"execute": "query-version", "id": 1}'), 'CommandNotFound', 1);
      expectError(await session.ask('{"execute": "no-such-command", "id": 2}'), 'CommandNotFound', 2);
      expectReturn(await session.ask('{"execute": "qmp_capabilities", "id": 3}'), {}, 3);
      expectAnswer(await session.ask('{"execute": "query-version", "id": 4}'), 4);
    },
  },
  {
    name: 'negotiation-again',
    says: 'A negotiation that is refused, for a capability that there is not, can be tried again',
    basis: 'specification',
    async check(test) {
      const session = await test.connect();
      await session.message();
      const refused = '{"execute": "qmp_capabilities", "arguments": {"enable": ["time-travel"]}, "id": 1}';
      expectError(await session.ask(refused), 'GenericError', 1);
      expectError(await session.ask('{"execute": "query-version", "id": 2}'), 'CommandNotFound', 2);
      expectReturn(await session.ask('{"execute": "qmp_capabilities", "id": 3}'), {}, 3);
    },
  },
  {
    name: 'negotiates-once',
    says: 'After the negotiation qmp_capabilities is not found',
    basis: 'specification',
    async check(test) {
      const session = await test.negotiated();
      expectError(await session.ask('{"execute": "qmp_capabilities", "id": 1}'), 'CommandNotFound', 1);
    },
  },
  {
    name: 'only-what-is-offered',
    says: 'A capability that exists but is not offered cannot be enabled',
    basis: 'specification',
    async check(test) {
      const session = await test.connect();
      const { QMP } = await session.message();
      if (canonicalJson(QMP ?? null).includes('"oob"')) throw new NotApplicable('the server offers all there are');
      const enabling = '{"execute": "qmp_capabilities", "arguments": {"enable": ["oob"]}, "id": 1}';
      expectError(await session.ask(enabling), 'GenericError', 1);
    },
  },
  {
    name: 'starts-over',
    says: 'Every connection begins with the greeting and without capabilities, whatever the one before left behind',
    basis: 'specification',
    async check(test) {
      const first = await test.negotiated();
      await first.send('{"execute": "query-version", "id": "never');
      const second = await test.connect();
      if (!('QMP' in (await second.message())))
        throw new Violation('the second connection does not begin with a greeting');
      expectError(await second.ask('{"execute": "query-version", "id": 1}'), 'CommandNotFound', 1);
    },
  },
];
