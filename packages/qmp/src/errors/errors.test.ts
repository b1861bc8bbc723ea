import process from 'node:process';
import { inspect } from 'node:util';
import { ProtocolError, QmpError } from '@qmp/protocol';
import { describe, expect, it } from 'vitest';
import { converse, rejectionOf } from '../client/scripted-server.test-kit.ts';
import { BadReplyError, ExecInterruptedError, ExecuteError } from './command-errors.ts';
import { GreetingError, NegotiationError, ServerParseError } from './session-errors.ts';
import { ValidationError } from './validation-error.ts';

const exchange = { sent: { execute: 'x' }, received: { id: 1 } };
const errors = [
  new ExecuteError('x', { class: 'GenericError', desc: 'no' }, exchange),
  new ExecInterruptedError('x', { cause: new Error('gone') }),
  new BadReplyError('x', 'it is odd', exchange),
  new GreetingError('Expected a greeting'),
  new NegotiationError('CommandNotFound', 'no'),
  new ServerParseError('stray bytes', {}),
  new ValidationError('no', { subject: 'x', part: 'arguments', issues: [] }),
];

describe('every error', () => {
  it.each(errors)('is a QmpError with its class as its name: $name', (error) => {
    expect(error).toBeInstanceOf(QmpError);
    expect(error.name).toBe(error.constructor.name);
    expect(error.stack).toContain(`${error.name}: ${error.message}`.split('\n')[0]);
  });

  it('has a code of its own', () => {
    const codes = errors.map((error) => error.code);
    expect(codes).toEqual([
      'COMMAND_FAILED',
      'COMMAND_INTERRUPTED',
      'BAD_REPLY',
      'BAD_GREETING',
      'NEGOTIATION_FAILED',
      'SERVER_PARSE_ERROR',
      'VALIDATION_FAILED',
    ]);
  });

  it('but those about commands says that the peer broke the protocol', () => {
    const names = errors.filter((error) => !(error instanceof ProtocolError)).map((error) => error.name);
    expect(names).toEqual(['ExecuteError', 'ExecInterruptedError', 'ValidationError']);
  });
});

describe('ExecuteError', () => {
  it('carries class, text and command, what was sent and what came back', async () => {
    const { client, server } = await converse();
    const failure = rejectionOf(client.execute('x-frobnicate', { a: 1 }), ExecuteError);
    await server.refuse('x-NewClass', 'Cannot frobnicate');
    expect(await failure).toMatchObject({
      message: 'x-frobnicate: Cannot frobnicate',
      errorClass: 'x-NewClass',
      description: 'Cannot frobnicate',
      command: 'x-frobnicate',
    });
    expect((await failure).sent).toEqual({ execute: 'x-frobnicate', arguments: { a: 1 }, id: 2 });
    expect((await failure).received).toEqual({
      error: { class: 'x-NewClass', desc: 'Cannot frobnicate' },
      id: 2,
    });
  });

  it('comes also where the reply returns something besides', async () => {
    const { client, server } = await converse();
    const failure = rejectionOf(client.execute('x'), ExecuteError);
    server.send({ return: {}, error: { class: 'GenericError', desc: 'no', extra: 1 }, id: 2 });
    expect((await failure).description).toBe('no');
  });

  it('shows no argument when it is printed', async () => {
    const { client, server } = await converse();
    const failure = rejectionOf(client.execute('set_password', { protocol: 'vnc', password: 'hunter2' }), ExecuteError);
    await server.refuse('GenericError', 'Could not set password');
    const error = await failure;
    expect(error.sent['arguments']).toEqual({ protocol: 'vnc', password: 'hunter2' });
    expect(inspect(error, { showHidden: true, depth: 10, getters: false })).not.toContain('hunter2');
    expect(JSON.stringify(error)).not.toContain('hunter2');
    expect(JSON.stringify(Object.entries(error))).not.toContain('hunter2');
  });
});

describe('BadReplyError', () => {
  it.each([
    [{ id: 2 }, 'it has neither return nor error'],
    [{ id: 2, error: 'no' }, 'its error has no class and desc'],
    [{ id: 2, error: null }, 'its error has no class and desc'],
    [{ id: 2, error: [] }, 'its error has no class and desc'],
    [{ id: 2, error: { class: 'GenericError' } }, 'its error has no class and desc'],
    [{ id: 2, error: { desc: 'no' } }, 'its error has no class and desc'],
    [{ id: 2, error: { class: 5, desc: 'no' } }, 'its error has no class and desc'],
    [{ id: 2, error: { class: 'GenericError', desc: {} } }, 'its error has no class and desc'],
  ])('comes for %j, and the session goes on', async (reply, why) => {
    const { client, server } = await converse();
    const failure = rejectionOf(client.execute('x', { secret: 'hunter2' }), BadReplyError);
    server.send(reply);
    const error = await failure;
    expect(error.message).toBe(`x: the reply is malformed: ${why}`);
    expect(error.command).toBe('x');
    expect(error.sent).toEqual({ execute: 'x', arguments: { secret: 'hunter2' }, id: 2 });
    expect(error.received).toEqual(reply);
    expect(inspect(error)).not.toContain('hunter2');
    const next = client.execute('next');
    server.send({ return: 'well', id: 3 });
    expect(await next).toBe('well');
  });

  it('never comes from raw, which returns what came', async () => {
    const { client, server } = await converse();
    const reply = client.raw({ execute: 'x' });
    server.send({ id: 2, error: 'no' });
    expect(await reply).toEqual({ id: 2, error: 'no' });
  });
});

describe('ExecInterruptedError', () => {
  it('has no word about what was sent', async () => {
    const { client } = await converse();
    const failure = rejectionOf(client.execute('x', { password: 'hunter2' }), ExecInterruptedError);
    client.abort();
    expect(inspect(await failure, { depth: 10 })).not.toContain('hunter2');
    expect(await failure).toMatchObject({ command: 'x' });
  });
});

describe('the stack', () => {
  async function aFunctionOfTheUser(work: () => Promise<unknown>): Promise<void> {
    await work();
  }

  it('names the caller when the server says no', async ({ skip }) => {
    skip('bun' in process.versions, 'Bun does not follow a promise to who awaits it');
    const { client, server } = await converse();
    const failure = rejectionOf(
      aFunctionOfTheUser(() => client.execute('x')),
      ExecuteError,
    );
    await server.refuse('GenericError', 'no');
    expect((await failure).stack).toContain('aFunctionOfTheUser');
  });

  it('names the caller when the session ends', async ({ skip }) => {
    skip('bun' in process.versions, 'Bun does not follow a promise to who awaits it');
    const { client } = await converse();
    const failures = [
      aFunctionOfTheUser(() => client.execute('x')),
      aFunctionOfTheUser(() => client.raw({ execute: 'x' })),
      aFunctionOfTheUser(() => client.execute('x', undefined, { timeoutMs: 1_000 })),
    ].map((promise) => rejectionOf(promise, ExecInterruptedError));
    client.abort();
    for (const failure of failures) expect((await failure).stack).toContain('aFunctionOfTheUser');
  });
});
