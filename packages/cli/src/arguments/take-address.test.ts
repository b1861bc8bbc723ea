import { describe, expect, it } from 'vitest';

import { takeAddress } from './take-address.ts';
import { UsageError } from './usage-error.ts';

describe('takeAddress', () => {
  it.each(['/run/vm.sock', './vm.sock', 'unix:vm.sock', 'unix:@vm', 'localhost:4444', '[::1]:4444', ':4444'])(
    'takes %s for an address',
    (address) => {
      expect(takeAddress([address, 'query-status'], {})).toEqual({
        address,
        source: 'command line',
        words: ['query-status'],
      });
    },
  );

  it('prefers an address on the command line to QMP_SOCKET', () => {
    expect(takeAddress(['/a', 'stop'], { QMP_SOCKET: '/b' }).address).toBe('/a');
  });

  it('takes QMP_SOCKET where the first word is a command, and leaves the words alone', () => {
    expect(takeAddress(['eject', 'id=x:y'], { QMP_SOCKET: '/b' })).toEqual({
      address: '/b',
      source: 'QMP_SOCKET',
      words: ['eject', 'id=x:y'],
    });
  });

  it('takes QMP_SOCKET where there is no word', () => {
    expect(takeAddress([], { QMP_SOCKET: '/b' }).words).toEqual([]);
  });

  it.each([
    [[], {}, /^The address of QEMU is missing; expected one first/],
    [['query-status'], {}, /^The address of QEMU is missing: "query-status" has neither a "\/" nor a ":"; expected/],
    [['vm.sock', 'stop'], { QMP_SOCKET: '' }, /^The address of QEMU is missing: "vm.sock" has neither/],
  ])('refuses %j with %j', (words, env, message) => {
    expect(() => takeAddress(words, env)).toThrow(UsageError);
    expect(() => takeAddress(words, env)).toThrow(message);
  });
});
