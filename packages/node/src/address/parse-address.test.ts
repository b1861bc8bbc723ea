import process from 'node:process';
import { PassThrough } from 'node:stream';

import { type Address, AddressError } from '@qmp/protocol';
import { fc, test } from '@fast-check/vitest';
import { describe, expect, it, onTestFinished } from 'vitest';

import { parseAddress } from './parse-address.ts';
import { describeAddress, type ParsedAddress } from './parsed-address.ts';

function pretendToBeOn(platform: NodeJS.Platform): void {
  const original = Object.getOwnPropertyDescriptor(process, 'platform');
  Object.defineProperty(process, 'platform', { configurable: true, enumerable: true, value: platform });
  onTestFinished(() => void Object.defineProperty(process, 'platform', { ...original }));
}

function attempt(address: unknown): ParsedAddress | AddressError {
  try {
    return parseAddress(address as Address);
  } catch (error) {
    if (error instanceof AddressError) return error;
    throw error;
  }
}

/** The message of the error that the address gives. */
function faultOf(address: unknown): string {
  const outcome = attempt(address);
  if (outcome instanceof AddressError && Object.is(outcome.address, address)) return outcome.message;
  throw new Error('there was no AddressError about this address');
}

describe('a path', () => {
  it.each([
    ['/run/vm.sock', '/run/vm.sock'],
    ['unix:/run/vm.sock', '/run/vm.sock'],
    ['./vm.sock', './vm.sock'],
    ['../vm.sock', '../vm.sock'],
    ['sockets/vm.sock', 'sockets/vm.sock'],
    ['unix:vm.sock', 'vm.sock'],
    ['unix:host:4444', 'host:4444'],
    ['/run/vm:1.sock', '/run/vm:1.sock'],
    ['./vm:1/qmp', './vm:1/qmp'],
    ['/run/a,b.sock', '/run/a,b.sock'],
    ['/run/vm,servers', '/run/vm,servers'],
    ['/run/with blank/é.sock', '/run/with blank/é.sock'],
    ['unix:///run/vm.sock', '///run/vm.sock'],
  ])('is what %j names', (text, path) => {
    expect(parseAddress(text)).toEqual({ kind: 'unix', path });
  });

  it('may stand in an object, where it is taken as it is', () => {
    expect(parseAddress({ path: 'tcp:1,server=on' })).toEqual({ kind: 'unix', path: 'tcp:1,server=on' });
  });

  it.each([
    ['unix:', '"unix:": its path is empty'],
    ['/run/\0vm', '"/run/\\u0000vm": it holds a NUL character'],
    ['unix:@a\0b', 'it holds a NUL character'],
    ['vm.sock', '"vm.sock": it has neither the "/" of a path nor the ":" of a port; expected "./vm.sock"'],
    ['@vm', '"@vm": it has no scheme; expected "unix:@vm"'],
    ['unix:@', 'its abstract name is empty'],
  ])('is refused as %j', (text, message) => {
    expect(faultOf(text)).toContain(message);
  });

  it('may be 107 bytes long on Linux', () => {
    pretendToBeOn('linux');
    const longest = `/${'x'.repeat(106)}`;
    expect(parseAddress(longest)).toEqual({ kind: 'unix', path: longest });
    expect(faultOf(`${longest}x`)).toMatch(/its path is 108 bytes long; expected at most 107,/);
  });

  it('may be 103 bytes long elsewhere', () => {
    pretendToBeOn('darwin');
    const longest = `/${'x'.repeat(102)}`;
    expect(parseAddress(longest)).toEqual({ kind: 'unix', path: longest });
    expect(faultOf(`${longest}x`)).toMatch(/its path is 104 bytes long; expected at most 103,/);
  });

  it('is measured in UTF-8', () => {
    pretendToBeOn('linux');
    expect(faultOf(`/${'é'.repeat(54)}`)).toContain('its path is 109 bytes long');
  });
});

describe('an abstract name', () => {
  it('follows an @', () => {
    pretendToBeOn('linux');
    expect(parseAddress('unix:@vm/1')).toEqual({ kind: 'abstract', name: 'vm/1' });
    expect(parseAddress({ path: '@vm' })).toEqual({ kind: 'abstract', name: 'vm' });
  });

  it('may be 107 bytes long', () => {
    pretendToBeOn('linux');
    expect(parseAddress(`unix:@${'x'.repeat(107)}`)).toMatchObject({ kind: 'abstract' });
    expect(faultOf(`unix:@${'x'.repeat(108)}`)).toContain('its abstract name is 108 bytes long; expected at most 107,');
  });

  it('is refused where there are none', () => {
    pretendToBeOn('darwin');
    expect(faultOf('unix:@vm')).toContain(
      'abstract UNIX sockets exist on Linux only; expected the path of a socket file',
    );
  });
});

describe('a TCP endpoint', () => {
  it.each([
    ['tcp:example.org:4444', 'example.org', 4444],
    ['example.org:4444', 'example.org', 4444],
    ['127.0.0.1:0', '127.0.0.1', 0],
    ['[::1]:4444', '::1', 4444],
    ['tcp:[fe80::1%eth0]:65535', 'fe80::1%eth0', 65_535],
    [':4444', 'localhost', 4444],
    ['tcp::4444', 'localhost', 4444],
    ['0.0.0.0:4444', '0.0.0.0', 4444],
    ['[::]:4444', '::', 4444],
    ['bücher.example:80', 'bücher.example', 80],
  ])('is what %j names', (text, host, port) => {
    expect(parseAddress(text)).toEqual({ kind: 'tcp', host, port });
  });

  it('may stand in an object, with IPv6 as it is', () => {
    expect(parseAddress({ host: '::1', port: 4444 })).toEqual({ kind: 'tcp', host: '::1', port: 4444 });
    expect(parseAddress({ host: '', port: 1, tls: false })).toEqual({ kind: 'tcp', host: 'localhost', port: 1 });
  });

  it.each([
    ['localhost:', '"localhost:": its port is missing; expected a number from 0 to 65535 at its end'],
    ['tcp:localhost', 'its port is missing; expected "host:port", such as "localhost:4444"'],
    ['4444', 'its port is missing; expected "host:port", such as "localhost:4444"'],
    ['tcp:4444', 'its port is missing; expected "host:port", such as "localhost:4444"'],
    ['localhost:ssh', 'its port is no number or out of range; expected a number from 0 to 65535'],
    ['localhost:65536', 'its port is no number or out of range; expected a number from 0 to 65535'],
    ['localhost:-1', 'its port is no number or out of range; expected a number from 0 to 65535'],
    ['localhost:0x10', 'its port is no number or out of range; expected a number from 0 to 65535'],
    ['localhost: 44', 'its port is no number or out of range'],
    ['localhost:4444444', 'its port is no number or out of range; expected a number from 0 to 65535'],
    ['::1', 'an IPv6 address needs brackets, to tell it from the port; expected "[::1]:4444"'],
    ['::1:4444', 'an IPv6 address needs brackets, to tell it from the port; expected "[::1]:4444"'],
    ['tcp:fe80::1:22', 'expected "[fe80::1]:22"'],
    ['a:b:4444', 'it has too many colons; expected "host:port"'],
    ['[::1]', 'its "]" or its port is missing; expected "[::1]:4444"'],
    ['[::1', 'its "]" or its port is missing'],
    ['[::1]:', 'its port is missing'],
    ['[localhost]:44', 'there is no IPv6 address in its brackets'],
    ['*:4444', '"*" is no host; expected a name or an IP address ("0.0.0.0" and "::" listen on every interface)'],
    ['my host:4444', '"my host" is no host'],
    ['tcp://localhost:4444', 'it is spelled like a URL; expected "tcp:localhost:4444"'],
    ['tcp://localhost:4444/', 'expected "tcp:localhost:4444"'],
  ])('is refused as %j', (text, message) => {
    expect(faultOf(text)).toContain(message);
  });

  it.each([
    [{ host: 'localhost' }, 'its port is no number'],
    [{ port: 4444 }, 'its host is no string'],
    [{ host: 'localhost', port: '4444' }, 'its port is no number'],
    [{ host: 'localhost', port: 1.5 }, 'its port is no number or out of range; expected a number from 0 to 65535'],
    [{ host: 'localhost', port: -1 }, 'its port is no number or out of range; expected a number from 0 to 65535'],
    [{ host: 'localhost', port: 65_536 }, 'its port is no number or out of range; expected a number from 0 to 65535'],
    [{ host: 'localhost', port: NaN }, 'its port is no number or out of range'],
    [{ host: '[::1]', port: 1 }, '"[::1]" is no host'],
  ])('is refused as the object %j', (address, message) => {
    expect(faultOf(address)).toContain(message);
  });
});

describe('a named pipe', () => {
  it.each(['\\\\.\\pipe\\vm', '\\\\?\\pipe\\vm', '\\\\.\\PIPE\\a b:1'])('is what %j names on Windows', (path) => {
    pretendToBeOn('win32');
    expect(parseAddress(path)).toEqual({ kind: 'pipe', path });
    expect(parseAddress({ path })).toEqual({ kind: 'pipe', path });
    expect(describeAddress(parseAddress(path))).toBe(path);
  });

  it.each([
    ['\\\\.\\pipe', 'its name is empty; expected one such as "\\\\.\\pipe\\vm"'],
    ['\\\\.\\pipe\\', 'its name is empty'],
    ['\\\\.\\pipe\\a\0b', 'it holds a NUL character; expected a name without one'],
  ])('is refused as %j', (path, message) => {
    pretendToBeOn('win32');
    expect(faultOf(path)).toContain(message);
  });

  it('is refused where there are none', () => {
    pretendToBeOn('linux');
    const path = '\\\\.\\pipe\\vm';
    const message = 'named pipes exist on Windows only; expected the path of a UNIX socket, or "host:port"';
    expect(faultOf(path)).toContain(`"\\\\\\\\.\\\\pipe\\\\vm": ${message}`);
    expect(faultOf({ path })).toContain(message);
  });

  it('stands in for UNIX sockets on Windows, where Node has none', () => {
    pretendToBeOn('win32');
    expect(faultOf('unix:/run/vm.sock')).toContain(
      'Node has no UNIX sockets on Windows; expected "\\\\.\\pipe\\name" or "host:port"',
    );
  });
});

describe('vsock', () => {
  it.each([
    ['vsock:3:4444', 'VSOCK-CONNECT:3:4444'],
    ['vsock:any', 'VSOCK-CONNECT:CID:PORT'],
  ])('is refused as %j, with the way that is open', (text, relay) => {
    expect(faultOf(text)).toContain(
      `Node has no vsock sockets; expected a transport over a relay, such as childTransport(spawn("socat", ["-", "${relay}"]))`,
    );
  });
});

describe('what is no address', () => {
  it.each([
    [null, 'null: it is neither text nor an object'],
    [undefined, 'undefined: it is neither text nor an object'],
    [4444, '4444: it is neither text nor an object'],
    [() => 1, 'it is neither text nor an object'],
    [{}, '{}: it names neither a path nor a host; expected { path }, { host, port } or { url }'],
    [[], '[]: it names neither a path nor a host'],
    [{ path: '/a', host: 'b' }, "{ path: '/a', host: 'b' }: it names both a path and a host or port"],
    [new PassThrough(), '[PassThrough]: it is a stream or a process; expected an address, or the transport that'],
    [{ path: 7 }, 'its path is no string'],
    [{ path: null }, 'its path is no string'],
    ['', '"": it is empty; expected "/run/vm.sock", "unix:@name"'],
    ['http://host/x', '"http:" is no scheme that is known here; expected "unix:", "tcp:" or "tls:"'],
    [
      'vm:1/qmp',
      '"vm:" is no scheme that is known here; expected "unix:", "tcp:" or "tls:", or "./vm:1/qmp" if it is a path',
    ],
  ])('is refused: %j', (address, message) => {
    expect(faultOf(address)).toContain(message);
  });

  it.each([
    [
      'unix:/run/vm.sock,server=on,wait=off',
      '",server=on,wait=off" is for QEMU\'s command line only; expected "unix:/run/vm.sock"',
    ],
    ['/run/vm.sock,server,nowait', 'expected "/run/vm.sock"'],
    ['tcp:localhost:4444,server', 'expected "tcp:localhost:4444"'],
    ['socket,id=m0,path=/run/vm.sock', 'expected "/run/vm.sock", "unix:@name"'],
  ])("is refused with QEMU's options: %j", (text, message) => {
    expect(faultOf(text)).toContain(message);
  });
});

test.prop([fc.string({ unit: 'binary', maxLength: 120 })])('any text is read or refused, and nothing else', (text) => {
  const outcome = attempt(text);
  const isTold = outcome instanceof AddressError && outcome.message.includes(JSON.stringify(text));
  expect(isTold ? outcome : attempt(describeAddress(outcome as ParsedAddress))).toEqual(outcome);
});
