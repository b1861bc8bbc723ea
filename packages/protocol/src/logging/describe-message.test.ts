import { describe, expect, it } from 'vitest';

import { describeMessage } from './describe-message.ts';

const isKeyData = (holder: { readonly [member: string]: unknown }, member: string): boolean =>
  holder['type'] === 'key' && member === 'data';

describe('describeMessage', () => {
  it('shows a message as one line of JSON', () => {
    expect(describeMessage({ execute: 'query-status', id: 'a1' })).toBe('{"execute":"query-status","id":"a1"}');
  });

  it('shows text as it is and bytes by their number', () => {
    expect(describeMessage('hello')).toBe('hello');
    expect(describeMessage(new Uint8Array(3))).toBe('<3 bytes>');
  });

  it.each(['password', 'passphrase', 'secret'])('blots out a member named %s, at any depth', (member) => {
    const shown = describeMessage({ execute: 'x', arguments: { list: [{ [member]: 'hunter2', other: 'seen' }] } });
    expect(shown).toBe(`{"execute":"x","arguments":{"list":[{"${member}":"***","other":"seen"}]}}`);
  });

  it('blots out a secret of any type', () => {
    expect(describeMessage({ password: { value: 'hunter2' }, secret: 12345 })).toBe(
      '{"password":"***","secret":"***"}',
    );
  });

  it('leaves members alone whose names only contain the word', () => {
    expect(describeMessage({ 'password-secret': 'sec0' })).toBe('{"password-secret":"sec0"}');
  });

  it('blots out what a protocol calls a secret, judged by its neighbours', () => {
    const message = [
      { type: 'key', data: 'hunter2' },
      { type: 'note', data: 'public' },
    ];
    expect(describeMessage(message, isKeyData)).toBe('[{"type":"key","data":"***"},{"type":"note","data":"public"}]');
  });

  it('blots out the password in a URL', () => {
    expect(describeMessage({ filename: 'https://me:pass:word@host:8443/disk.img?a=b:c@d' })).toBe(
      '{"filename":"https://me:***@host:8443/disk.img?a=b:c@d"}',
    );
    expect(describeMessage({ uri: 'tcp://host:4444/path' })).toBe('{"uri":"tcp://host:4444/path"}');
  });

  it('shows integers that only a bigint can hold', () => {
    expect(describeMessage({ size: 2n ** 64n - 1n })).toBe('{"size":"18446744073709551615n"}');
  });

  it('shows what JSON has no word for', () => {
    expect(describeMessage(undefined)).toBe('undefined');
    expect(describeMessage(Symbol('token'))).toBe('Symbol(token)');
  });

  it('cuts what is very long, and says how long it was', () => {
    const shown = describeMessage('x'.repeat(10_001));
    expect(shown).toBe(`${'x'.repeat(10_000)}… (10001 characters)`);
    expect(describeMessage('x'.repeat(10_000))).toBe('x'.repeat(10_000));
  });
});
