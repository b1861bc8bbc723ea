import { canonicalJson } from '../../wire/canonical-json.ts';
import { event, returns } from '../../wire/replies.ts';
import { type ClientRule, expectSame } from './client-test.ts';

const MANY = 5_000;

/** What happens by itself. */
export const eventRules: readonly ClientRule[] = [
  {
    name: 'form-of-events',
    says: 'An event is told with its data, with or without a clock on the server',
    basis: 'specification',
    async check(test) {
      const connection = await test.establish();
      connection.send(event('JOB_STATUS_CHANGE', '{"status": "created", "id": "job0"}'));
      connection.send('{"timestamp": {"seconds": -1, "microseconds": -1}, "event": "STOP"}\r\n');
      const { data } = await test.client.eventNamed('JOB_STATUS_CHANGE');
      expectSame('its data', canonicalJson(data ?? null), '{"id":"job0","status":"created"}');
      await test.client.eventNamed('STOP');
    },
  },
  {
    name: 'event-before-reply',
    says: 'An event that comes between a command and its reply is told, and so is the reply',
    basis: 'specification',
    async check(test) {
      const connection = await test.establish();
      const running = test.client.execute('stop');
      connection.send(event('STOP') + returns(await running.leadsTo(connection.command()), '{"stopped": true}'));
      await running.gives({ stopped: true });
      await test.client.eventNamed('STOP');
    },
  },
  {
    name: 'event-that-looks-like-a-reply',
    says: 'An event is an event, also when its data look like a reply',
    basis: 'practice',
    async check(test) {
      const connection = await test.establish();
      const running = test.client.execute('query-name');
      const reply = returns(await running.leadsTo(connection.command()), '"mine"');
      connection.send(event('VSERPORT_CHANGE', `{"return": {}, "error": null, "reply": ${reply.trim()}}`));
      connection.send(reply);
      await running.gives('mine');
      await test.client.eventNamed('VSERPORT_CHANGE');
    },
  },
  {
    name: 'unknown-event',
    says: 'An event that the client has never heard of does no harm',
    basis: 'specification',
    async check(test) {
      const connection = await test.establish();
      const running = test.client.execute('query-name');
      const command = await running.leadsTo(connection.command());
      connection.send(event('__org.example_NEW-EVENT', '{"a": [1]}') + event('X_FUTURE'));
      connection.send(returns(command, '1'));
      await running.gives(1);
    },
  },
  {
    name: 'many-events',
    says: `${MANY} events at once are all told, in their order`,
    basis: 'practice',
    async check(test) {
      const connection = await test.establish();
      const numbers = Array.from({ length: MANY }, (_, index) => index);
      connection.send(numbers.map((number) => event('RTC_CHANGE', `{"offset": ${number}}`)).join(''));
      for (const number of numbers) {
        const { data } = await test.client.event();
        expectSame(`the data of event ${number}`, canonicalJson(data ?? null), `{"offset":${number}}`);
      }
    },
  },
];
