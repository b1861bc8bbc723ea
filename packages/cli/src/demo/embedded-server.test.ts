import type { JsonObject } from '@qmp/protocol/codecs';
import { nodeConnector } from '@qmp/node';
import { transportPair } from '@qmp/protocol/testing';
import { QmpClient } from 'qmp';
import { describe, expect, it, onTestFinished } from 'vitest';

import { EmbeddedServer } from './embedded-server.ts';

async function connect(
  options: { readonly negotiate?: boolean } = {},
): Promise<{ server: EmbeddedServer; client: QmpClient }> {
  const server = new EmbeddedServer({ connector: nodeConnector });
  const client = new QmpClient(options);
  onTestFinished(() => {
    client.abort();
    server.abort();
  });
  const [left, right] = transportPair();
  await Promise.all([server.connect(left), client.connect(right)]);
  return { server, client };
}

describe('EmbeddedServer', () => {
  it('says in its greeting that it is no QEMU', async () => {
    const { client } = await connect();
    expect(client.greeting?.QMP.version.package).toContain('not QEMU');
  });

  it('answers what may be asked', async () => {
    const { client } = await connect();
    expect(await client.execute('query-version')).toEqual(client.greeting?.QMP.version);
    expect(await client.execute('query-name')).toEqual({ name: 'qmp-demo' });
    expect(await client.execute('query-status')).toEqual({ status: 'running', running: true });
  });

  it('stops and goes on, and announces it only when it is news', async () => {
    const { client } = await connect();
    for (const command of ['cont', 'stop', 'stop'] as const) expect(await client.execute(command)).toEqual({});
    expect(await client.execute('query-status')).toEqual({ status: 'paused', running: false });
    await client.execute('cont');
    expect(client.events.history.map(({ event }) => event)).toEqual(['STOP', 'RESUME']);
  });

  it('refuses what it does not know', async () => {
    const { client } = await connect();
    await expect(client.executeRaw('make-coffee')).rejects.toMatchObject({ errorClass: 'CommandNotFound' });
  });

  it('refuses everything before the negotiation', async () => {
    const { client } = await connect({ negotiate: false });
    const refusal: JsonObject = { error: { class: 'CommandNotFound' } };
    expect(await client.raw({ execute: 'query-status' })).toMatchObject(refusal);
    expect(await client.raw({ execute: 'qmp_capabilities' })).toMatchObject({ return: {} });
    expect(await client.raw({ execute: 'query-status' })).toMatchObject({ return: { running: true } });
  });

  it('announces its end, answers, and hangs up when told to quit', async () => {
    const { server, client } = await connect();
    expect(await client.execute('quit')).toEqual({});
    expect(client.events.history.map(({ event }) => event)).toEqual(['SHUTDOWN']);
    expect(await client.closed).toEqual({ kind: 'disconnected' });
    expect(await server.closed).toEqual({ kind: 'disconnected' });
  });
});
