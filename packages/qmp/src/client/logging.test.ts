import { describe, expect, it } from 'vitest';
import { converse, eventOf, everythingDelivered } from './scripted-server.test-kit.ts';

class Records {
  readonly all: string[] = [];
  readonly details: (object | undefined)[] = [];
  readonly logger = {
    debug: (text: string) => this.#note('debug', text),
    info: (text: string) => this.#note('info', text),
    warn: (text: string) => this.#note('warn', text),
    error: (text: string, details?: object) => {
      this.details.push(details);
      this.#note('error', text);
    },
  };

  #note(level: string, text: string): void {
    this.all.push(`${level} ${text}`);
  }
}

describe('the log', () => {
  it('shows the conversation, named', async () => {
    const records = new Records();
    const { client, server } = await converse({ logger: records.logger, name: 'vm0' });
    records.all.length = 0;
    const value = client.execute('stop');
    client.name = 'renamed';
    await server.request();
    server.send(eventOf('STOP'), { return: {}, id: 2 });
    await value;
    expect(records.all).toEqual([
      'debug vm0: --> {"execute":"stop","id":2}',
      'debug renamed: <-- {"timestamp":{"seconds":1700000000,"microseconds":250},"event":"STOP"}',
      'debug renamed: <-- {"return":{},"id":2}',
    ]);
  });

  it('holds no secret, whatever becomes of the command', async () => {
    const records = new Records();
    const { client, server } = await converse({ logger: records.logger });
    const calls = [
      client.execute('object-add', { 'qom-type': 'secret', id: 's0', data: 'hunter2' }),
      client.execute('set_password', { protocol: 'vnc', password: 'hunter2' }),
      client.execute('human-monitor-command', { 'command-line': 'change vnc password hunter2' }),
      client.raw({ execute: 'qom-set', arguments: { path: '/o', property: 'password', value: 'hunter2' } }),
    ];
    for (const call of calls) call.catch(() => {});
    await everythingDelivered();
    server.send({ error: { class: 'GenericError', desc: 'no' }, id: 2 }, { id: 3 }, { return: '', id: 99 });
    await everythingDelivered();
    client.abort();
    await Promise.allSettled(calls);
    const text = records.all.join('\n');
    expect(text).toContain('set_password');
    expect(text).not.toContain('hunter2');
  });

  it('reports a listener that throws or rejects, with the error', async () => {
    const records = new Records();
    const { client, server } = await converse({ logger: records.logger });
    const thrown = new Error('thrown');
    const rejected = new Error('rejected');
    client.events.on('STOP', () => {
      throw thrown;
    });
    client.events.on('STOP', () => Promise.reject(rejected));
    server.send(eventOf('STOP'));
    await everythingDelivered();
    expect(records.all.filter((record) => record.startsWith('error'))).toEqual([
      'error QmpClient: a listener of STOP failed: thrown',
      'error QmpClient: a listener of STOP failed: rejected',
    ]);
    expect(records.details).toEqual([{ error: thrown }, { error: rejected }]);
  });
});
