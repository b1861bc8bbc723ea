import process from 'node:process';

import { describe, expect, it, onTestFinished } from 'vitest';

import { parseAddress } from '../address/parse-address.ts';
import { dialFault } from './dial-fault.ts';

/** An error as `node:net` makes them. */
function systemError(code: string): Error {
  return Object.assign(new Error(`connect ${code}`), { code, syscall: 'connect' });
}

// What a test cannot bring about at will; dial.test.ts has the real ones.
it.each([
  ['/run/vm.sock', 'EPERM', 'permission denied for /run/vm.sock (EPERM)'],
  ['/run/vm.sock', 'EPROTOTYPE', '/run/vm.sock is a socket of another type; expected a stream socket (EPROTOTYPE)'],
  ['/run/vm.sock', 'ENOTSOCK', '/run/vm.sock is no socket (ENOTSOCK)'],
  ['vm.example:4', 'ENOTFOUND', 'no such host: vm.example (ENOTFOUND)'],
  ['vm.example:4', 'EAI_AGAIN', 'no name server answers for the host vm.example (EAI_AGAIN)'],
  ['vm.example:4', 'ETIMEDOUT', 'tcp:vm.example:4 does not answer (ETIMEDOUT)'],
  ['vm.example:4', 'EHOSTUNREACH', 'no route to tcp:vm.example:4 (EHOSTUNREACH)'],
  ['[::1]:4', 'ENETUNREACH', 'no route to tcp:[::1]:4 (ENETUNREACH)'],
  ['vm.example:4', 'ECONNRESET', 'tcp:vm.example:4 hung up at once (ECONNRESET)'],
  ['vm.example:4', 'EMFILE', 'cannot connect to tcp:vm.example:4: connect EMFILE (EMFILE)'],
])('makes a sentence for %s of %s', async (address, code, message) => {
  const cause = systemError(code);
  const fault = await dialFault(parseAddress(address), cause);
  expect(fault.message).toBe(message);
  expect(fault.code).toBe(code);
  expect(fault.cause).toBe(cause);
});

it('makes a sentence for a named pipe that is not there', async () => {
  const fault = await dialFault({ kind: 'pipe', path: '\\\\.\\pipe\\vm' }, systemError('ENOENT'));
  expect(fault.message).toBe('no such named pipe: \\\\.\\pipe\\vm (ENOENT)');
});

it('has a code for what did not come from the system too', async () => {
  const fault = await dialFault(parseAddress('/run/vm.sock'), new Error('odd'));
  expect(fault.message).toBe('cannot connect to unix:/run/vm.sock: odd (UNKNOWN)');
  expect(fault.code).toBe('UNKNOWN');
});

it('takes a refused path whose file is gone by now for what it was', async () => {
  const fault = await dialFault(parseAddress('/nonexistent/vm.sock'), systemError('ECONNREFUSED'));
  expect(fault.message).toBe('nobody listens at unix:/nonexistent/vm.sock (ECONNREFUSED)');
});

/** What is said of an abstract name that nobody has, on a Node with that libuv. */
async function messageWith(uv: string): Promise<string> {
  const original = Object.getOwnPropertyDescriptor(process, 'versions');
  Object.defineProperty(process, 'versions', { ...original, value: { ...process.versions, uv, node: '20.0.0' } });
  onTestFinished(() => void Object.defineProperty(process, 'versions', { ...original }));
  return (await dialFault({ kind: 'abstract', name: 'vm' }, systemError('ECONNREFUSED'))).message;
}

describe('an abstract name that nobody has', () => {
  it('may be there under its exact spelling, where Node pads names', async () => {
    expect(await messageWith('1.46.0')).toBe(
      'nobody listens at unix:@vm (ECONNREFUSED); Node 20.0.0 pads abstract names with NULs, as QEMU does with tight=off only (Node 22 does not pad)',
    );
  });

  it.each(['1.48.0', '1.51.0', '2.0.0'])('is just not there where libuv is %s', async (uv) => {
    expect(await messageWith(uv)).toBe('nobody listens at unix:@vm (ECONNREFUSED)');
  });
});
