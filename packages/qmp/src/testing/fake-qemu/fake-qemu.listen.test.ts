import { describe, expect, it } from 'vitest';

import { QmpClient } from '../../client/qmp-client.ts';
import { FakeQemu } from './fake-qemu.ts';

describe('FakeQemu', () => {
  it('listens at addresses, for one client at a time if it is to', async () => {
    await using qemu = await FakeQemu.start({ listen: '127.0.0.1:0', clients: 'one' });
    const address = await qemu.listen('127.0.0.1:0');
    await using first = await QmpClient.connect(address);
    const connecting = QmpClient.connect(address);
    expect(await first.execute('query-name')).toEqual({});
    await first.disconnect();
    await using second = await connecting;
    expect(await second.execute('query-name')).toEqual({});
  });

  it('does not start where it cannot listen, nor listens when it has ended', async () => {
    await expect(FakeQemu.start({ listen: 'carrier-pigeon:7' })).rejects.toThrow('carrier-pigeon');
    const qemu = await FakeQemu.start();
    qemu.crash();
    await expect(qemu.listen('127.0.0.1:0')).rejects.toThrow('closed');
  });
});
