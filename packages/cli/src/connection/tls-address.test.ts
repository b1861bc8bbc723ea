import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it, onTestFinished } from 'vitest';

import { firstTlsWord, type TlsWords } from '../arguments/tls-words.ts';
import { UsageError } from '../arguments/usage-error.ts';
import { tlsAddress } from './tls-address.ts';

const PEM = '-----BEGIN CERTIFICATE-----\n…\n';

/** A file with that text; it goes away with the test. */
function fileWith(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'qmp-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'file');
  writeFileSync(path, text);
  return path;
}

async function faultOf(address: string, words: TlsWords): Promise<Error> {
  const outcome: unknown = await tlsAddress(address, words, '--tls-ca').catch((error: unknown) => error);
  if (outcome instanceof Error) return outcome;
  throw new Error('there was no error');
}

describe('an address with TLS', () => {
  it('takes the files that are named, and leaves out the others', async () => {
    const path = fileWith(PEM);
    const words = { 'tls-ca': path, 'tls-cert': path, 'tls-key': path, 'tls-servername': 'other.example' };
    const address = await tlsAddress('tls:vm.example:4444', words, '--tls-ca');
    expect(address).toEqual({
      host: 'vm.example',
      port: 4444,
      tls: { ca: PEM, cert: PEM, key: PEM, servername: 'other.example' },
    });
  });

  it.each(['qemu:c0ffee\n', '\nqemu:c0ffee', 'qemu:c0ffee\r\n\r\n'])('takes a pre-shared key from %j', async (text) => {
    const address = await tlsAddress('tls:[::1]:4444', { 'tls-psk': fileWith(text) }, '--tls-psk');
    expect(address).toEqual({ host: '::1', port: 4444, tls: { psk: { identity: 'qemu', key: 'c0ffee' } } });
  });

  it('may be told to accept anybody', async () => {
    const words = { 'tls-dangerously-accept-any-certificate': true };
    expect(await tlsAddress('tls:vm.example:1', words, '')).toMatchObject({
      tls: { dangerouslyAcceptAnyCertificate: true },
    });
  });

  it('may be the URL of a WebSocket', async () => {
    const words = { 'tls-servername': 'other.example' };
    expect(await tlsAddress('wss://vm.example/qmp', words, '')).toEqual({
      url: 'wss://vm.example/qmp',
      tls: { servername: 'other.example' },
    });
  });

  it.each(['/run/vm.sock', 'vm.example:4444', 'ws://vm.example/'])('is not %s', async (address) => {
    const fault = await faultOf(address, { 'tls-ca': fileWith(PEM) });
    expect(fault).toBeInstanceOf(UsageError);
    expect(fault.message).toBe(
      `--tls-ca goes with an address that has TLS, not with ${address}; expected one such as tls:vm.example:4444`,
    );
  });
});

describe('a file', () => {
  it.each(['tls-ca', 'tls-cert', 'tls-key', 'tls-psk'] as const)('of --%s that is not there is named', async (word) => {
    const fault = await faultOf('tls:vm.example:4444', { [word]: '/nonexistent/file' });
    expect(fault.message).toBe(`--${word}: cannot read /nonexistent/file: no such file or directory`);
  });

  it('that is no PEM file is named', async () => {
    const path = fileWith('nonsense');
    expect((await faultOf('tls:vm.example:4444', { 'tls-key': path })).message).toBe(
      `--tls-key: ${path} is no PEM file; expected "-----BEGIN ..." in it`,
    );
  });

  it.each([
    ['qemu c0ffee', 'something else'],
    ['qemu:coffee', 'something else'],
    ['', '0 lines'],
    ['a:c0ffee\nb:c0ffee\n', '2 lines'],
  ])('with no one pre-shared key is named, and the key is not: %j', async (text, found) => {
    const path = fileWith(text);
    expect((await faultOf('tls:vm.example:4444', { 'tls-psk': path })).message).toBe(
      `--tls-psk: there is ${found} in ${path}; expected one line identity:hexdigits`,
    );
  });
});

it('finds the first option about TLS', () => {
  expect(firstTlsWord({})).toBeUndefined();
  expect(firstTlsWord({ 'tls-psk': 'x', 'tls-cert': 'y' })).toBe('--tls-cert');
  expect(firstTlsWord({ 'tls-dangerously-accept-any-certificate': true })).toBe(
    '--tls-dangerously-accept-any-certificate',
  );
});
