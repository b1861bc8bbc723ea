import { type JsonValue, stringifyJson } from '@qmp/protocol/codecs';

import type { Command } from '../../wire/command.ts';
import { event, greeting, refuses, returns } from '../../wire/replies.ts';
import { type ClientRule, expectThat } from './client-test.ts';

/** How the two agree on what they can do. */
export const negotiationRules: readonly ClientRule[] = [
  {
    name: 'enables-what-is-offered',
    says: 'A client enables no capability that the server has not offered',
    basis: 'specification',
    async check(test) {
      const connecting = test.client.connect();
      const connection = await test.connection(connecting);
      connection.send(greeting('[]'));
      const command = await connecting.leadsTo(connection.command());
      const names = stringifyJson([...enabledBy(command)]);
      expectThat(names === '[]', `${names} is enabled, though nothing was offered`);
      connection.send(returns(command));
      await connecting.value();
    },
  },
  {
    name: 'enables-what-is-known',
    says: 'A capability that is unknown to the client is not enabled',
    basis: 'specification',
    async check(test) {
      const connecting = test.client.connect();
      const connection = await test.connection(connecting);
      connection.send(greeting('["time-travel", "oob"]'));
      const command = await connecting.leadsTo(connection.command());
      expectThat(!enabledBy(command).has('time-travel'), 'a capability is enabled that is not known to anybody');
      connection.send(returns(command));
      await connecting.value();
    },
  },
  {
    name: 'event-during-negotiation',
    says: 'An event between qmp_capabilities and its reply does not keep the client from connecting, nor is it lost',
    basis: 'practice',
    async check(test) {
      const connecting = test.client.connect();
      const connection = await test.connection(connecting);
      connection.send(greeting());
      const command = await connecting.leadsTo(connection.command());
      connection.send(event('NIC_RX_FILTER_CHANGED', '{"path": "/net0"}') + returns(command));
      await connecting.value();
      await test.client.eventNamed('NIC_RX_FILTER_CHANGED');
    },
  },
  {
    name: 'refused-negotiation',
    says: 'When qmp_capabilities is refused, to connect fails and tells the reason that the server gave',
    basis: 'practice',
    async check(test) {
      const connecting = test.client.connect();
      const connection = await test.connection(connecting);
      connection.send(greeting());
      connection.send(refuses(await connecting.leadsTo(connection.command()), 'GenericError', 'the moon is full'));
      const { message, error } = await connecting.failure();
      const told = `${message}${error === undefined ? '' : stringifyJson(error)}`;
      expectThat(told.includes('the moon is full'), `the reason is not told, only: ${message}`);
    },
  },
  {
    name: 'end-of-negotiation',
    says: 'To connect to a server that hangs up instead of answering qmp_capabilities fails',
    basis: 'practice',
    async check(test) {
      const connecting = test.client.connect();
      const connection = await test.connection(connecting);
      connection.send(greeting());
      await connecting.leadsTo(connection.command());
      connection.end();
      await connecting.failure();
    },
  },
];

/** What a `qmp_capabilities` enables. */
function enabledBy({ arguments: args }: Command): Set<JsonValue> {
  const { enable = [] } = (args ?? {}) as { readonly enable?: readonly JsonValue[] };
  return new Set(enable);
}
