import { addressFault } from './address-fault.ts';
import type { TcpEndpoint } from './parsed-address.ts';

const NOT_IN_A_HOST = /[\s/\\@,;?#*"'[\]\0]/;
const HIGHEST_PORT = 65_535;

/** `host:port`, `[IPv6]:port` or `:port` (this machine). `address` is what errors quote. */
export function parseHostPort(text: string, address: unknown): TcpEndpoint {
  if (text.startsWith('[')) {
    const bracketed = /^\[(.*)\]:(.*)$/s.exec(text);
    if (bracketed === null) throw addressFault(address, 'its "]" or its port is missing', '"[::1]:4444"');
    const [, host = '', port = ''] = bracketed;
    if (!isIPv6(host)) throw addressFault(address, 'there is no IPv6 address in its brackets', '"[::1]:4444"');
    return tcpAddress(host, parsePort(port, address), address);
  }
  const colon = text.lastIndexOf(':');
  if (colon === -1) throw addressFault(address, 'its port is missing', `"host:port", such as ${hintFor(text)}`);
  const host = text.slice(0, colon);
  if (host.includes(':')) {
    const hint = isIPv6(host) ? `[${host}]:${text.slice(colon + 1)}` : isIPv6(text) ? `[${text}]:4444` : undefined;
    if (hint === undefined) throw addressFault(address, 'it has too many colons', '"host:port"');
    throw addressFault(address, 'an IPv6 address needs brackets, to tell it from the port', JSON.stringify(hint));
  }
  return tcpAddress(host, parsePort(text.slice(colon + 1), address), address);
}

/** A TCP endpoint from its parts; an empty host is this machine, never all of its interfaces. */
export function tcpAddress(host: string, port: number, address: unknown): TcpEndpoint {
  const isNoHost = host.includes(':') ? !isIPv6(host) : NOT_IN_A_HOST.test(host);
  if (isNoHost) {
    const fault = `${JSON.stringify(host)} is no host`;
    throw addressFault(address, fault, 'a name or an IP address ("0.0.0.0" and "::" listen on every interface)');
  }
  if (!Number.isInteger(port) || port < 0 || port > HIGHEST_PORT) throw portFault(address);
  return { kind: 'tcp', host: host === '' ? 'localhost' : host, port };
}

function parsePort(port: string, address: unknown): number {
  if (port === '') throw addressFault(address, 'its port is missing', 'a number from 0 to 65535 at its end');
  if (!/^\d{1,5}$/.test(port)) throw portFault(address);
  return Number(port);
}

function portFault(address: unknown): Error {
  return addressFault(address, 'its port is no number or out of range', 'a number from 0 to 65535');
}

function hintFor(text: string): string {
  return JSON.stringify(/^\d+$/.test(text) ? `localhost:${text}` : `${text}:4444`);
}

/** Loaded when it is needed: few hosts have a colon in them. */
function isIPv6(host: string): boolean {
  return process.getBuiltinModule('node:net').isIPv6(host);
}
