import { describe, expect, it } from 'vitest';
import { itself, moreThan, timesThatOf } from '../rows/questions.mjs';
import type { Contestant, Question, Result, Runtime, Sample } from '../rows/row.ts';
import { formatRow } from './format-row.mjs';
import { formatTables } from './format-tables.mjs';

const node: Runtime = { name: 'Node 1.2.3', executable: '/node' };

/** What came of a row whose contestants reached these figures. */
function resultOf(
  questions: readonly Question[],
  figures: Partial<Record<Contestant, readonly (number | Sample)[]>>,
): Result {
  const samples = Object.entries(figures).map(
    ([contestant, values]) =>
      [contestant as Contestant, values.map((value) => (typeof value === 'number' ? { value } : value))] as const,
  );
  return {
    row: {
      name: 'calls',
      title: 'some calls',
      unit: 'per second',
      contestants: samples.map(([contestant]) => contestant),
      questions,
      measure: () => Promise.reject(new Error('Nothing is measured here')),
    },
    samples: new Map([[node, new Map(samples)]]),
  };
}

/** The cells of the first table's first line. */
function firstLine(result: Result): readonly string[] | undefined {
  const line = formatTables([result], [node]).split('\n')[4];
  return line?.split('|').map((cell) => cell.trim());
}

describe('a ratio', () => {
  it('is the median of the ratios of each turn', () => {
    const result = resultOf([timesThatOf('floor', { atLeast: 0.9 })], { qmp: [90, 50, 100], floor: [100, 100, 100] });
    expect(firstLine(result)).toEqual(['', 'some calls', '× floor', '≥ 0.9', '0.90, met', '']);
  });

  it('stands out where it misses its bar', () => {
    const result = resultOf([timesThatOf('floor', { atMost: 1.4 })], { qmp: [15], floor: [10] });
    expect(firstLine(result)).toEqual(['', 'some calls', '× floor', '≤ 1.4', '**1.50, missed**', '']);
  });

  it('has its second look in brackets', () => {
    const result = resultOf([timesThatOf('C')], { qmp: [{ value: 1, aside: 3 }], C: [{ value: 2, aside: 4 }] });
    expect(firstLine(result)).toEqual(['', 'some calls', '× C', '', '0.50 (0.75)', '']);
  });

  it('is left open where a contestant is missing', () => {
    const result = resultOf([timesThatOf('Python', { atLeast: 1 })], { qmp: [1] });
    expect(firstLine(result)).toEqual(['', 'some calls', '× Python', '≥ 1', '–', '']);
  });
});

describe('other questions', () => {
  it('ask how much more it is', () => {
    const result = resultOf([moreThan('floor', 'ms', { atMost: 15 })], { qmp: [50, 60], floor: [40, 40] });
    expect(firstLine(result)).toEqual(['', 'some calls', 'ms more than the floor', '≤ 15', '15.0, met', '']);
  });

  it('ask how much it is by itself', () => {
    const result = resultOf([itself('bytes', { atMost: 30e6 })], { qmp: [31e6] });
    expect(firstLine(result)).toEqual(['', 'some calls', 'bytes', '≤ 30,000,000', '**31.0 M, missed**', '']);
  });
});

describe('the figures', () => {
  it('are the medians of each contestant, in a table for each runtime', () => {
    const result = resultOf([], { qmp: [41_260, 1, 1e6], C: [1_234_567] });
    expect(formatTables([result], [node])).toMatch(
      /### Medians in Node 1\.2\.3\n[^]*\| some calls \| per second \| 41\.3 k \| +\| +\| 1\.23 M \| +\|$/,
    );
  });

  it('are printed with what they say', () => {
    const result = resultOf([timesThatOf('floor', { atLeast: 0.9 })], { qmp: [80], floor: [100] });
    expect(formatRow(result)).toBe(
      'calls: some calls (per second)\n  Node 1.2.3: ours 80.0, floor 100\n    0.80 × floor [≥ 0.9: MISSED]\n',
    );
  });

  it('say so where nothing could be measured', () => {
    expect(formatRow(resultOf([timesThatOf('floor')], {}))).toContain('Node 1.2.3: not measured');
  });
});
