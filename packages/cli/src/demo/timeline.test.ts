import { describe, expect, it } from 'vitest';

import { paintFor } from '../terminal/paint.ts';
import { RecordingOutput } from '../terminal/recording-terminal.test-kit.ts';
import type { Entry } from '../timeline/entry.ts';
import { Timeline } from './timeline.ts';

function record(
  act: (timeline: Timeline) => void,
  options: { readonly hasColors?: boolean; readonly width?: number } = {},
): string {
  const output = new RecordingOutput({ hasColors: options.hasColors ?? false });
  const width = options.width ?? 80;
  act(new Timeline({ write: (text) => output.write(text), paint: paintFor(output), width }));
  return output.text;
}

function entry(kind: Entry['kind'], name: string, content?: Entry['content']): Entry {
  return { kind, name, content, atMs: 12.345 };
}

describe('Timeline', () => {
  it('aligns times, arrows, names and contents', () => {
    const text = record((timeline) => {
      timeline.add(entry('command', 'query-status'));
      timeline.add({ ...entry('reply', 'query-status', { running: true }), atMs: 1234.5 });
      timeline.add(entry('event', 'STOP'));
      timeline.add(entry('error', 'make-tea', 'GenericError: no'));
    });
    expect(text).toBe(
      [
        '      12.3 ms  →  query-status',
        '    1234.5 ms  ←  query-status      {"running": true}',
        '      12.3 ms  ●  STOP',
        '      12.3 ms  ←  make-tea          GenericError: no',
        '',
      ].join('\n'),
    );
  });

  it('counts a command that repeats the one before it', () => {
    const text = record((timeline) => {
      for (let time = 0; time < 4; time += 1) {
        timeline.add(entry('command', 'screendump'));
        timeline.add(entry('reply', 'screendump', {}));
      }
      timeline.note('done');
      timeline.add(entry('command', 'screendump'));
    });
    const names = text.split('\n').map((line) => line.trim().replace(/^12\.3 ms\s+/, ''));
    expect(names).toEqual([
      '→  screendump',
      '←  screendump        {}',
      '…  and 3 more of these',
      'done',
      '→  screendump',
      '',
    ]);
  });

  it('shows the error of a repeated command, behind what was counted', () => {
    const text = record((timeline) => {
      timeline.add(entry('command', 'a'));
      timeline.add(entry('reply', 'a'));
      timeline.add(entry('command', 'a'));
      timeline.add(entry('error', 'a', 'X: y'));
    });
    expect(text.trimEnd().split('\n').slice(2)).toEqual([
      '               …  and one more of these',
      '      12.3 ms  ←  a                 X: y',
    ]);
  });

  it('shortens what does not fit, and wraps what is said', () => {
    const text = record(
      (timeline) => {
        timeline.chapter('Look', 'word '.repeat(30).trim());
        timeline.note('word '.repeat(30).trim());
        timeline.add(entry('reply', 'x', 'y'.repeat(200)));
      },
      { width: 60 },
    );
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(60);
  });

  it('has colours only where the output can show them', () => {
    const act = (timeline: Timeline): void => {
      timeline.introduction();
      timeline.add(entry('event', 'STOP'));
      timeline.conclusion('The end');
    };
    const escape = String.fromCodePoint(27);
    expect(record(act)).not.toContain(escape);
    expect(record(act, { hasColors: true })).toContain(escape);
  });
});
