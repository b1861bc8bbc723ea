import { readFile } from 'node:fs/promises';

import { parseAddress } from '@qmp/node';
import type { Address, PreSharedKey, TlsOptions } from '@qmp/protocol';

import type { TlsWords } from '../arguments/tls-words.ts';
import { UsageError } from '../arguments/usage-error.ts';
import { describeSystemError } from '../terminal/describe-system-error.ts';

/**
 * An address with what the command line says about TLS.
 *
 * @param firstWord the first option about TLS, which errors name.
 * @throws UsageError for an address without TLS; Error for a file that cannot be read or holds something else;
 *   AddressError.
 */
export async function tlsAddress(address: string, words: TlsWords, firstWord: string): Promise<Address> {
  const parsed = parseAddress(address);
  const isSecure = parsed.kind === 'tls' || (parsed.kind === 'websocket' && parsed.tls !== undefined);
  if (!isSecure) {
    const expected = 'one such as tls:vm.example:4444';
    throw new UsageError(`${firstWord} goes with an address that has TLS, not with ${address}; expected ${expected}`);
  }
  const tls = await tlsOptions(words);
  return parsed.kind === 'tls' ? { host: parsed.host, port: parsed.port, tls } : { url: parsed.url, tls };
}

async function tlsOptions(words: TlsWords): Promise<TlsOptions> {
  const { 'tls-psk': psk, 'tls-servername': servername } = words;
  const [ca, cert, key] = await Promise.all([
    readPem('--tls-ca', words['tls-ca']),
    readPem('--tls-cert', words['tls-cert']),
    readPem('--tls-key', words['tls-key']),
  ]);
  return {
    ca,
    cert,
    key,
    servername,
    psk: psk === undefined ? undefined : await readPsk(psk),
    dangerouslyAcceptAnyCertificate: words['tls-dangerously-accept-any-certificate'],
  };
}

async function readPem(word: string, path: string | undefined): Promise<string | undefined> {
  if (path === undefined) return undefined;
  const text = await read(word, path);
  if (text.includes('-----BEGIN ')) return text;
  throw new Error(`${word}: ${path} is no PEM file; expected "-----BEGIN ..." in it`);
}

/** The text is not quoted, it is secret. */
async function readPsk(path: string): Promise<PreSharedKey> {
  const lines = (await read('--tls-psk', path)).split(/\r?\n/).filter((line) => line.trim() !== '');
  const [line = ''] = lines;
  const [, identity, key] = /^([^:]+):((?:[\da-f]{2})+)$/i.exec(line) ?? [];
  if (identity !== undefined && key !== undefined && lines.length === 1) return { identity, key };
  const found = lines.length === 1 ? 'something else' : `${lines.length} lines`;
  throw new Error(`--tls-psk: there is ${found} in ${path}; expected one line identity:hexdigits`);
}

async function read(word: string, path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new Error(`${word}: cannot read ${path}: ${describeSystemError(error)}`, { cause: error });
  }
}
