import { describe, expect, it, vi } from 'vitest';

import type { Logger } from './logger.ts';
import { NamedLog } from './named-log.ts';

function recordingLogger(): { readonly logger: Logger; readonly records: unknown[][] } {
  const records: unknown[][] = [];
  const record =
    (level: string) =>
    (...rest: unknown[]): void => {
      records.push([level, ...rest]);
    };
  const logger = { debug: record('debug'), info: record('info'), warn: record('warn'), error: record('error') };
  return { logger, records };
}

describe('NamedLog', () => {
  it('puts the name as it is now before each record', () => {
    const { logger, records } = recordingLogger();
    const owner = { name: 'vm0' };
    const log = new NamedLog(owner, logger);
    log.debug(() => 'one');
    owner.name = 'vm1';
    log.info(() => 'two');
    log.warn(() => 'three');
    expect(records).toEqual([
      ['debug', 'vm0: one'],
      ['info', 'vm1: two'],
      ['warn', 'vm1: three'],
    ]);
  });

  it('hands the error itself on as a detail', () => {
    const { logger, records } = recordingLogger();
    const error = new Error('why');
    new NamedLog({ name: 'vm0' }, logger).error(() => 'it failed', error);
    expect(records).toEqual([['error', 'vm0: it failed', { error }]]);
  });

  it('calls an owner without a name by its class', () => {
    class Monitor {
      readonly name: string | undefined;
    }
    const { logger, records } = recordingLogger();
    new NamedLog(new Monitor(), logger).info(() => 'ready');
    expect(records).toEqual([['info', 'Monitor: ready']]);
  });

  it('builds no record that nobody wants', () => {
    const text = vi.fn<() => string>(() => 'costly');
    new NamedLog({ name: 'vm0' }, undefined).debug(text);
    expect(text).not.toHaveBeenCalled();
  });

  it('builds no record of a level that the logger says it does not want', () => {
    const { logger, records } = recordingLogger();
    const text = vi.fn<() => string>(() => 'costly');
    const log = new NamedLog({ name: 'vm0' }, { ...logger, isLevelEnabled: (level) => level !== 'debug' });
    log.debug(text);
    log.info(() => 'wanted');
    expect(text).not.toHaveBeenCalled();
    expect(records).toEqual([['info', 'vm0: wanted']]);
  });

  it('tells which records somebody wants', () => {
    const { logger } = recordingLogger();
    expect(new NamedLog({ name: 'vm0' }, undefined).wants('error')).toBe(false);
    expect(new NamedLog({ name: 'vm0' }, logger).wants('debug')).toBe(true);
    const picky = new NamedLog({ name: 'vm0' }, { ...logger, isLevelEnabled: (level) => level === 'warn' });
    expect([picky.wants('warn'), picky.wants('debug')]).toEqual([true, false]);
    const broken = {
      ...logger,
      isLevelEnabled: () => {
        throw new Error('no level');
      },
    };
    expect(new NamedLog({ name: 'vm0' }, broken).wants('debug')).toBe(false);
  });

  it('calls a logger as its method, as console and class loggers need it', () => {
    class Collector implements Logger {
      readonly lines: string[] = [];
      debug(message: string): void {
        this.lines.push(message);
      }
      info(message: string): void {
        this.lines.push(message);
      }
      warn(message: string): void {
        this.lines.push(message);
      }
      error(message: string): void {
        this.lines.push(message);
      }
    }
    const collector = new Collector();
    const log = new NamedLog({ name: 'vm0' }, collector);
    log.debug(() => 'a');
    log.error(() => 'b', undefined);
    expect(collector.lines).toEqual(['vm0: a', 'vm0: b']);
  });

  it('survives a logger and a text that throw', () => {
    const { logger, records } = recordingLogger();
    const broken: Logger = {
      ...logger,
      debug: () => {
        throw new Error('disk full');
      },
    };
    const log = new NamedLog({ name: 'vm0' }, broken);
    log.debug(() => 'lost');
    log.info(() => {
      throw new Error('cannot be shown');
    });
    log.info(() => 'goes on');
    expect(records).toEqual([['info', 'vm0: goes on']]);
  });
});
