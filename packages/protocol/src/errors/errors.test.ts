import { describe, expect, it } from 'vitest';

import {
  AddressError,
  ConnectError,
  ConnectionLostError,
  DisconnectedError,
  EndOfStreamError,
  StateError,
  TimeoutError,
} from './connection-errors.ts';
import { asError, describeCause } from './describe-cause.ts';
import { ProtocolError } from './protocol-error.ts';
import { DeserializationError, MessageTooLargeError, UnexpectedTypeError } from '../codecs/codec-errors.ts';
import { QmpError } from './qmp-error.ts';

const cause = new Error('why');

describe.each([
  [
    new ConnectError('text', { phase: 'session', cause }),
    'ConnectError',
    'CONNECT_FAILED',
    { phase: 'session', cause },
  ],
  [
    new StateError('text', { state: 'idle', required: ['running'] }),
    'StateError',
    'WRONG_STATE',
    { state: 'idle', required: ['running'] },
  ],
  [new AddressError('text', { address: 42, cause }), 'AddressError', 'BAD_ADDRESS', { address: 42, cause }],
  [new TimeoutError('text', { timeoutMs: 5, cause }), 'TimeoutError', 'TIMED_OUT', { timeoutMs: 5, cause }],
  [new DisconnectedError('text'), 'DisconnectedError', 'DISCONNECTED', {}],
  [new EndOfStreamError('text'), 'EndOfStreamError', 'END_OF_STREAM', {}],
  [new ConnectionLostError('text', { cause }), 'ConnectionLostError', 'CONNECTION_LOST', { cause }],
  [new ProtocolError('text', { cause }), 'ProtocolError', 'PROTOCOL_ERROR', { cause }],
  [
    new DeserializationError('text', { raw: '{]', cause }),
    'DeserializationError',
    'NOT_DESERIALIZABLE',
    { raw: '{]', cause },
  ],
  [new UnexpectedTypeError('text', { value: 7 }), 'UnexpectedTypeError', 'UNEXPECTED_TYPE', { value: 7 }],
  [new MessageTooLargeError('text', { limit: 9 }), 'MessageTooLargeError', 'MESSAGE_TOO_LARGE', { limit: 9 }],
] as const)('%s', (error, name, code, members) => {
  it('is a QmpError with a name, a code, and what belongs to it', () => {
    expect(error).toBeInstanceOf(QmpError);
    expect(error).toMatchObject({ name, code, message: 'text', ...members });
    expect(String(error)).toBe(`${name}: text`);
  });

  it('has a cause exactly where there is one', () => {
    expect('cause' in error).toBe('cause' in members);
  });
});

describe('a fault of the peer', () => {
  it('is a ProtocolError', () => {
    expect(new DeserializationError('text', { raw: '' })).toBeInstanceOf(ProtocolError);
    expect(new UnexpectedTypeError('text', { value: null })).toBeInstanceOf(ProtocolError);
    expect(new MessageTooLargeError('text', { limit: 1 })).toBeInstanceOf(ProtocolError);
  });
});

describe('an optional cause', () => {
  it('is left out where there is none', () => {
    expect('cause' in new AddressError('text', { address: '' })).toBe(false);
    expect('cause' in new TimeoutError('text', { timeoutMs: 1 })).toBe(false);
    expect('cause' in new DeserializationError('text', { raw: '' })).toBe(false);
  });
});

describe('describeCause', () => {
  it.each([
    [new Error('words'), 'words'],
    [new RangeError(''), 'RangeError'],
    ['a string', 'a string'],
    [undefined, 'undefined'],
  ])('finds words for %s', (thrown, words) => {
    expect(describeCause(thrown)).toBe(words);
  });

  it('finds words for what has none', () => {
    expect(describeCause(Object.create(null))).toBe('a value without a text');
  });
});

describe('asError', () => {
  it('keeps an error and wraps anything else', () => {
    expect(asError(cause)).toBe(cause);
    expect(asError('no error')).toMatchObject({ message: 'no error', cause: 'no error' });
  });
});
