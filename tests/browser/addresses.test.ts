import { QmpClient } from 'qmp';
import { expect, it } from 'vitest';

it('is the browser that runs this', () => {
  expect(navigator.userAgent).toContain('Chrome');
});

it.each(['unix:/run/vm.sock', 'tcp:127.0.0.1:4444', '/run/vm.sock'])(
  'refuses %s before anything happens, and says what it takes instead',
  async (address) => {
    await expect(QmpClient.connect(address)).rejects.toMatchObject({
      name: 'AddressError',
      address,
      message: `Cannot use the address "${address}": a browser has no sockets; expected a "ws:" or "wss:" URL, or a ready-made transport`,
    });
  },
);

it('cannot listen', async () => {
  const client = new QmpClient();
  await expect(client.startServer('ws://127.0.0.1:4444/')).rejects.toMatchObject({
    name: 'AddressError',
    message: expect.stringContaining('a browser cannot listen') as string,
  });
});
