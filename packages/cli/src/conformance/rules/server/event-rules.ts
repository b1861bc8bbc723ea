import { type JsonObject, type JsonValue, stringifyJson } from '@qmp/protocol/codecs';

import { NotApplicable, Violation } from '../../verdict.ts';
import { memberOf, type RawSession } from '../../wire/raw-session.ts';
import { needCommands, type ServerRule } from './server-test.ts';

const MEMBERS = new Set(['event', 'data', 'timestamp']);

/** What happens by itself. */
export const eventRules: readonly ServerRule[] = [
  {
    name: 'events',
    says: 'An event has its name, a timestamp, perhaps data, which is an object, and no id',
    basis: 'specification',
    async check(test) {
      const session = await test.negotiated();
      await needRunning(session);
      await session.send('{"execute": "stop", "id": 1}{"execute": "cont", "id": 2}');
      expectForm(await session.event('STOP'));
      expectForm(await session.event('RESUME'));
    },
  },
  {
    name: 'event-before-reply',
    says: 'What a command has done at once is told before its reply',
    basis: 'practice',
    async check(test) {
      const session = await test.negotiated();
      await needRunning(session);
      await session.send('{"execute": "stop", "id": 1}{"execute": "cont", "id": 2}');
      for (const name of ['STOP', 'RESUME']) {
        const message = await session.message();
        if (message['event'] !== name) throw new Violation(`${stringifyJson(message)} comes before ${name}`);
        await session.reply();
      }
    },
  },
];

/** @throws NotApplicable unless there is a machine that can be stopped for a moment. */
async function needRunning(session: RawSession): Promise<void> {
  await needCommands(session, 'stop', 'cont', 'query-status');
  const status = await session.ask('{"execute": "query-status"}');
  if (memberOf(status['return'], 'running') !== true) throw new NotApplicable('its machine does not run');
}

function expectForm(event: JsonObject): void {
  const { timestamp, data } = event;
  const [seconds, microseconds] = ['seconds', 'microseconds'].map((name) => memberOf(timestamp, name));
  const isTime = isIntegerIn(seconds, -1, Number.MAX_SAFE_INTEGER) && isIntegerIn(microseconds, -1, 999_999);
  const isData = data === undefined || (typeof data === 'object' && data !== null && !Array.isArray(data));
  if (isTime && isData && Object.keys(event).every((name) => MEMBERS.has(name))) return;
  throw new Violation(`this is no event: ${stringifyJson(event)}`);
}

function isIntegerIn(value: JsonValue | undefined, least: number, most: number): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most;
}
