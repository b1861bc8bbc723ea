import { describe, expect, it } from 'vitest';

import { Deadline } from '../deadline.ts';
import { Mailbox } from '../mailbox.ts';
import { NotApplicable, Violation } from '../verdict.ts';
import { ClientDriver } from './client-driver.ts';

/** A driver whose adapter says what the test has it say. */
function driven(): { readonly driver: ClientDriver; readonly said: Mailbox<string>; readonly told: string[] } {
  const said = new Mailbox<string>();
  const told: string[] = [];
  const lines = {
    [Symbol.asyncIterator]: () => ({ next: async () => ({ done: false as const, value: await said.take() }) }),
  };
  const close = (): Promise<void> => Promise.resolve();
  const driver = new ClientDriver({ lines, send: (line) => void told.push(line), close });
  driver.deadline = new Deadline(5_000);
  return { driver, said, told };
}

describe('what an adapter is told', () => {
  it('is one line of JSON for each task, with arguments as the rule writes them', () => {
    const { driver, told } = driven();
    driver.connect({ timeoutMs: 200 });
    driver.execute('stop', { arguments: '{"n":18446744073709551615}', oob: true });
    driver.disconnect();
    expect(told).toEqual([
      '{"do":"connect","as":"task-1","timeoutMs":200}',
      '{"do":"execute","as":"task-2","command":"stop","oob":true,"arguments":{"n":18446744073709551615}}',
      '{"do":"disconnect","as":"task-3"}',
    ]);
  });
});

describe('what an adapter answers', () => {
  it('is the end of a task, in any order', async () => {
    const { driver, said } = driven();
    const [first, second] = [driver.execute('a'), driver.execute('b')];
    said.put('{"failed": "task-2", "message": "no", "error": {"class": "GenericError", "desc": "never"}}');
    said.put('{"done": "task-1", "return": {"b": 18446744073709551615, "a": 1}}');
    await first.gives({ a: 1, b: 18446744073709551615n });
    const { error } = await second.failure();
    expect(error).toEqual({ class: 'GenericError', desc: 'never' });
  });

  it('is a violation where it should have been the opposite', async () => {
    const { driver, said } = driven();
    const [first, second, third] = [driver.execute('a'), driver.execute('b'), driver.execute('c')];
    said.put('{"failed": "task-1", "message": "no"}');
    said.put('{"done": "task-2", "return": 7}');
    said.put('{"done": "task-3"}');
    await expect(first.value()).rejects.toEqual(new Violation('a failed: no'));
    await expect(second.failure()).rejects.toEqual(new Violation('b is said to have worked, with 7'));
    await expect(third.gives({})).rejects.toEqual(new Violation('c gave nothing instead of {}'));
  });

  it('makes a rule not applicable where the client cannot do it', async () => {
    const { driver, said } = driven();
    const task = driver.execute('a', { oob: true });
    said.put('{"unsupported": "task-1", "message": "no out-of-band"}');
    await expect(task.value()).rejects.toEqual(new NotApplicable('no out-of-band'));
  });

  it('may be an event, which can be waited for by its name', async () => {
    const { driver, said } = driven();
    said.put('{"event": {"event": "STOP"}}');
    said.put('{"event": {"event": "RESUME", "data": {}}}');
    expect(await driver.eventNamed('RESUME')).toEqual({ event: 'RESUME', data: {} });
  });

  it.each([
    ['hello', 'the adapter said "hello"; expected an object in JSON'],
    ['[1]', 'the adapter said "[1]"; expected an object in JSON'],
    [
      '{"finished": "task-1"}',
      'the adapter said {"finished": "task-1"}; expected client, event, done, failed or unsupported',
    ],
    ['{"done": "task-9"}', 'the adapter answers "task-9", which it was not told to do'],
  ])('ends the rule when it is %s', async (line, why) => {
    const { driver, said } = driven();
    const task = driver.execute('a');
    said.put(line);
    await expect(task.value()).rejects.toEqual(new Violation(why));
    await expect(driver.execute('b').value()).rejects.toEqual(new Violation(why));
    await expect(driver.event()).rejects.toEqual(new Violation(why));
  });

  it('has to begin with the name of the client', async () => {
    const { driver, said } = driven();
    said.put('{"client": "mine 1.0"}');
    expect(await driver.introduction()).toBe('mine 1.0');
    const other = driven();
    other.said.close(new Error('it has ended'));
    await expect(other.driver.introduction()).rejects.toThrow('it has ended');
  });
});
