import { transportPair } from '@qmp/protocol/testing';
import { describe, expect, it, onTestFinished } from 'vitest';

import { QmpClient } from '../client/qmp-client.ts';
import { ExecuteError } from '../errors/command-errors.ts';
import type { AnySchema } from '../schema/qapi-schema.ts';
import { CommandError } from './command-error.ts';
import { QmpServer } from './qmp-server.ts';

describe('QmpServer', () => {
  it('answers commands by their handlers, and tells events', async () => {
    const server = new QmpServer<AnySchema>({
      handlers: {
        'query-status': () => ({ status: 'running', running: true }),
        stop: () => {
          server.emit('STOP');
        },
        device_del: () => {
          throw new CommandError('DeviceNotFound', "Device 'x' not found");
        },
      },
    });
    onTestFinished(() => server.close());
    const [near, far] = transportPair();
    server.serve(far);
    const client = await QmpClient.connect<AnySchema>(near);
    expect(await client.execute('query-status')).toEqual({ status: 'running', running: true });
    const stopped = client.events.next('STOP');
    expect(await client.execute('stop')).toEqual({});
    expect(await stopped).toMatchObject({ event: 'STOP' });
    const refusal = await client.execute('device_del', { id: 'x' }).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(ExecuteError);
    expect(refusal).toMatchObject({ errorClass: 'DeviceNotFound', description: "Device 'x' not found" });
    await client.disconnect();
  });
});
