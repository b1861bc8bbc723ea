import { EventEmitter } from 'node:events';

import type { Address, TlsOptions } from '@qmp/protocol';

import { parseTlsOptions } from '../tls/parse-tls-options.ts';
import { addressFault, SPELLINGS } from './address-fault.ts';
import { parseHostPort, tcpAddress } from './parse-host-port.ts';
import { NAMED_PIPE, parseNamedPipe } from './parse-named-pipe.ts';
import { parsePath } from './parse-path.ts';
import { parseWebSocket } from './parse-web-socket.ts';
import type { ParsedAddress, TcpEndpoint, TlsEndpoint } from './parsed-address.ts';

const UNIX = 'unix:';
const SCHEME = /^([a-z][a-z0-9+.-]*):(.*)$/is;
const WEB_SOCKET = /^wss?:\/\//i;

type AddressMember = 'path' | 'host' | 'port' | 'url' | 'tls';

/**
 * What may follow an address on QEMU's command line. A path may have a comma in it as long as none of these follows.
 */
const QEMU_OPTION =
  /,(?:server|wait|nowait|delay|nodelay|reconnect|reconnect-ms|abstract|tight|ipv4|ipv6|to|id|path|host|port|fd|mux|telnet|tn3270|websocket|tls-creds|tls-authz|logfile|logappend)(?:[=,]|$)/;

/**
 * Reads an address as users write it, without touching what it names. Relative paths stay relative: the operating
 * system resolves them. `':4444'` and `'tcp::4444'` mean `localhost`, for listening too, so that nothing is open to the
 * network by accident; `'0.0.0.0:4444'` and `'[::]:4444'` say so when it is meant.
 *
 * @throws AddressError for everything else. It quotes the address, and says what is wrong and what was expected.
 */
export function parseAddress(address: Address): ParsedAddress {
  if (typeof address === 'string') return parseText(address);
  if (typeof address === 'object' && address !== null) return parseObject(address);
  throw addressFault(address, 'it is neither text nor an object', SPELLINGS);
}

function parseText(text: string): ParsedAddress {
  if (text === '') throw addressFault(text, 'it is empty', SPELLINGS);
  refuseQemuOptions(text);
  // First the plainest spelling: all these patterns take a tenth of the time of a connect.
  if (text.startsWith(UNIX)) return parsePath(text.slice(UNIX.length), text);
  if (NAMED_PIPE.test(text)) return parseNamedPipe(text, text);
  if (WEB_SOCKET.test(text)) return parseWebSocket(text, undefined, text);
  const [, scheme = '', rest = ''] = SCHEME.exec(text) ?? [];
  if (scheme === 'vsock') throw noVsock(text, rest);
  if (scheme === 'tcp' || scheme === 'tls') {
    if (rest.startsWith('//')) {
      const spelling = `${scheme}:${rest.slice(2).replace(/\/+$/, '')}`;
      throw addressFault(text, 'it is spelled like a URL', JSON.stringify(spelling));
    }
    const endpoint = parseHostPort(rest, text);
    return scheme === 'tcp' ? endpoint : secured(endpoint, {});
  }
  if (text.includes('/')) {
    if (scheme === '') return parsePath(text, text);
    const fault = `${JSON.stringify(`${scheme}:`)} is no scheme that is known here`;
    throw addressFault(text, fault, `"unix:", "tcp:" or "tls:", or ${JSON.stringify(`./${text}`)} if it is a path`);
  }
  if (text.startsWith('@')) throw addressFault(text, 'it has no scheme', JSON.stringify(`unix:${text}`));
  if (!text.includes(':') && !/^\d+$/.test(text)) {
    const fault = 'it has neither the "/" of a path nor the ":" of a port';
    throw addressFault(text, fault, `${JSON.stringify(`./${text}`)} for a socket file, or "host:port"`);
  }
  return parseHostPort(text, text);
}

function parseObject(address: object): ParsedAddress {
  if (address instanceof EventEmitter) {
    const expected = 'an address, or the transport that socketTransport() or childTransport() makes of it';
    throw addressFault(address, 'it is a stream or a process', expected);
  }
  const { path, host, port, url, tls } = address as { readonly [key in AddressMember]?: unknown };
  const isPath = path !== undefined;
  const isTls = tls !== undefined && tls !== false;
  if (url !== undefined) return parseWebSocket(url, isTls ? parseTlsOptions(tls, address) : undefined, address);
  const isTcp = host !== undefined || port !== undefined;
  if (isPath === isTcp) {
    const fault = isPath ? 'it names both a path and a host or port' : 'it names neither a path nor a host';
    throw addressFault(address, fault, '{ path }, { host, port } or { url }');
  }
  if (isPath) {
    if (typeof path !== 'string') throw addressFault(address, 'its path is no string', '{ path: "/run/vm.sock" }');
    if (isTls) throw addressFault(address, 'TLS goes over TCP only', '{ host, port, tls }');
    return NAMED_PIPE.test(path) ? parseNamedPipe(path, address) : parsePath(path, address);
  }
  if (typeof host !== 'string') throw addressFault(address, 'its host is no string', '{ host: "::1", port: 4444 }');
  if (typeof port !== 'number') throw addressFault(address, 'its port is no number', '{ host: "::1", port: 4444 }');
  const endpoint = tcpAddress(host, port, address);
  return isTls ? secured(endpoint, parseTlsOptions(tls, address)) : endpoint;
}

function secured(endpoint: TcpEndpoint, tls: TlsOptions): TlsEndpoint {
  return { ...endpoint, kind: 'tls', tls };
}

/**
 * Users paste what stands on QEMU's command line. Leaving out the options in silence would hide that they do nothing.
 */
function refuseQemuOptions(text: string): void {
  const found = text.includes(',') ? QEMU_OPTION.exec(text) : null;
  if (found === null) return;
  const address = text.slice(0, found.index);
  const expected = address === 'socket' ? SPELLINGS : JSON.stringify(address);
  throw addressFault(text, `${JSON.stringify(text.slice(found.index))} is for QEMU's command line only`, expected);
}

/** QEMU's spelling is `vsock:cid:port`. */
function noVsock(text: string, cidAndPort: string): Error {
  const peer = /^\d+:\d+$/.test(cidAndPort) ? cidAndPort : 'CID:PORT';
  const relay = `childTransport(spawn("socat", ["-", "VSOCK-CONNECT:${peer}"]))`;
  return addressFault(text, 'Node has no vsock sockets', `a transport over a relay, such as ${relay}`);
}
