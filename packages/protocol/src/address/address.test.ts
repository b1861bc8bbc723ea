import { describe, expect, it } from 'vitest';

import { describeAddress, type Address } from './address.ts';

describe('describeAddress', () => {
  it.each([
    ['/run/vm.sock', '/run/vm.sock'],
    [{ path: '/run/vm.sock' }, 'unix:/run/vm.sock'],
    [{ path: '@name' }, 'unix:@name'],
    [{ path: '\\\\.\\pipe\\vm' }, '\\\\.\\pipe\\vm'],
    [{ url: 'wss://vm.example/', tls: { passphrase: 'c0ffee' } }, 'wss://vm.example/'],
    [{ host: 'localhost', port: 4444 }, 'tcp:localhost:4444'],
    [{ host: '::1', port: 4444 }, 'tcp:[::1]:4444'],
    [{ host: 'vm.example', port: 4444, tls: true }, 'tls:vm.example:4444'],
    [{ host: 'vm.example', port: 4444, tls: { psk: { identity: 'qemu', key: 'c0ffee' } } }, 'tls:vm.example:4444'],
    [{ host: 'vm.example', port: 4444, tls: false }, 'tcp:vm.example:4444'],
  ] satisfies [Address, string][])('writes %o as %s', (address, text) => {
    expect(describeAddress(address)).toBe(text);
  });

  it.each([
    [null, 'null'],
    [undefined, 'undefined'],
    [42 as unknown as Address, '42'],
    [{} as Address, 'tcp:undefined:undefined'],
  ])('does not choke on %o, which the connector is going to refuse', (address, text) => {
    expect(describeAddress(address)).toBe(text);
  });
});
