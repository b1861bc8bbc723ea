import { describe, expect, it } from 'vitest';

import { bytesOf } from '../bytes-of.test-kit.ts';
import { microtasks } from '../microtasks.test-kit.ts';
import { rejectionOf } from '../rejection-of.test-kit.ts';
import type { Codec } from '../codecs/codec.ts';
import type { Logger } from '../logging/logger.ts';
import { transportPair } from '../testing/transport-pair.ts';
import { forbidUnhandledRejections } from '../unhandled-rejections.test-kit.ts';
import { AsyncProtocol } from './async-protocol.ts';
import { Chat, runningChat } from './chat.test-kit.ts';
import { MemoryConnector } from './memory-connector.test-kit.ts';

class Records implements Logger {
  readonly lines: string[] = [];
  debug(message: string): void {
    this.lines.push(`debug ${message}`);
  }
  info(message: string): void {
    this.lines.push(`info ${message}`);
  }
  warn(message: string): void {
    this.lines.push(`warn ${message}`);
  }
  error(message: string): void {
    this.lines.push(`error ${message}`);
  }
}

describe('the log', () => {
  forbidUnhandledRejections();

  it('tells of the states, and of each message in and out', async () => {
    const logger = new Records();
    const { chat, far } = await runningChat(new Chat({ name: 'vm0', logger }));
    void chat.say('question');
    void far.write(bytesOf('answer\n'));
    await microtasks();
    await chat.disconnect();
    expect(logger.lines).toEqual([
      'debug vm0: idle -> connecting',
      'debug vm0: connecting -> running',
      'info vm0: connected to memory:left',
      'debug vm0: --> question',
      'debug vm0: <-- answer',
      'debug vm0: running -> disconnecting',
      'debug vm0: disconnecting -> idle',
    ]);
  });

  it('follows a change of the name at once, and names the class where there is none', async () => {
    const logger = new Records();
    const chat = new Chat({ logger });
    chat.note('one');
    chat.name = 'vm7';
    chat.note('two');
    chat.name = undefined;
    chat.note('three');
    expect(logger.lines).toEqual(['info Chat: one', 'info vm7: two', 'info Chat: three']);
  });

  it('tells of a loss as a warning, and of a failed attempt as an error', async () => {
    const logger = new Records();
    const connector = new MemoryConnector();
    const chat = new Chat({ name: 'vm0', logger, connector });
    await rejectionOf(chat.connect('nowhere'));
    const { far } = await runningChat(chat);
    await far.hangUp();
    await chat.closed;
    await rejectionOf(chat.disconnect());
    expect(logger.lines.filter((line) => !line.startsWith('debug'))).toEqual([
      'error vm0: Failed to connect to nowhere: nobody listens at nowhere',
      'info vm0: connected to memory:left',
      'warn vm0: session lost: memory:left: the peer closed the connection',
    ]);
  });

  it('tells of each new try to dial', async () => {
    const logger = new Records();
    const connector = new MemoryConnector();
    const [near] = transportPair();
    connector.onDial = (_address, { onRetry }) => {
      onRetry?.(new Error('not there yet'));
      return Promise.resolve(near);
    };
    const chat = new Chat({ name: 'vm0', logger, connector });
    await chat.connect('vm', { retry: true });
    expect(logger.lines).toContain('debug vm0: dialing again: not there yet');
    await chat.disconnect();
  });

  it('is silent, and asks nobody to describe a message, without a logger', async () => {
    const { chat, far } = await runningChat();
    void chat.say('question');
    void far.write(bytesOf('answer\n'));
    await microtasks();
    expect(chat.heard).toEqual(['answer']);
    await chat.disconnect();
  });

  it('keeps secrets to itself', async () => {
    type Login = { readonly password: string };
    const jsonCodec = (): Codec<Login, Login> => ({
      decode: (chunk) => [JSON.parse(new TextDecoder().decode(chunk)) as Login],
      end: () => [],
      encode: (message) => JSON.stringify(message),
    });
    class LoginProtocol extends AsyncProtocol<Login> {
      constructor(logger: Logger) {
        super(jsonCodec, { name: 'login', logger });
      }
      login(password: string): void {
        void this.send({ password });
      }
      protected override onMessage(): void {}
    }
    const logger = new Records();
    const protocol = new LoginProtocol(logger);
    const [near, far] = transportPair();
    await protocol.connect(near);
    protocol.login('hunter2');
    void far.write(bytesOf('{"password":"hunter3"}'));
    await microtasks();
    await protocol.disconnect();
    expect(logger.lines).toContain('debug login: --> {"password":"***"}');
    expect(logger.lines).toContain('debug login: <-- {"password":"***"}');
    expect(logger.lines.join('\n')).not.toContain('hunter');
  });

  it('may throw on every record without any harm', async () => {
    const refuse = (): never => {
      throw new Error('disk full');
    };
    const chat = new Chat({ logger: { debug: refuse, info: refuse, warn: refuse, error: refuse } });
    const { far } = await runningChat(chat);
    void far.write(bytesOf('hello\n'));
    await microtasks();
    expect(chat.heard).toEqual(['hello']);
    await far.hangUp();
    await chat.closed;
    await rejectionOf(chat.disconnect());
    expect(chat.runstate).toBe('idle');
  });
});

describe('toString()', () => {
  it('shows class, name and state', async () => {
    const chat = new Chat();
    expect(String(chat)).toBe('<Chat runstate=idle>');
    chat.name = 'vm0';
    await runningChat(chat);
    expect(String(chat)).toBe("<Chat name='vm0' runstate=running>");
    await chat.disconnect();
  });
});
