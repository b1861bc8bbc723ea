import { AddressError } from '@qmp/protocol';
import { describe, expect, it } from 'vitest';
import { QmpClient } from '../client/qmp-client.ts';
import { platformConnector } from './browser-connector.ts';

describe('the connector of browsers', () => {
  it('refuses every address before anything happens, and says what it takes instead', async () => {
    const client = new QmpClient({ connector: platformConnector });
    const expected = {
      name: 'AddressError',
      address: '/run/vm.sock',
      message: 'Cannot use the address "/run/vm.sock": a browser has no sockets; expected a ready-made transport',
    };

    await expect(client.connect('/run/vm.sock')).rejects.toMatchObject(expected);
    await expect(client.startServer('/run/vm.sock')).rejects.toBeInstanceOf(AddressError);
    expect(client.runstate).toBe('idle');
  });
});
