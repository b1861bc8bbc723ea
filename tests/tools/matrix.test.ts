import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { formatTable, placeTable } from '../../tools/matrix/table.mjs';

const program = fileURLToPath(new URL('../../tools/matrix.mjs', import.meta.url));

describe('the table of the matrix', () => {
  it('counts what passed, failed and was skipped, and says why', () => {
    const rows = [
      { runtime: 'Node 20.20.2', passed: 1700, failures: [], skips: {}, seconds: 90 },
      {
        runtime: 'Bun 1.4.5',
        passed: 9,
        failures: ['a: b'],
        skips: { 'Bun has no ears': 2, 'nor a nose': 1 },
        seconds: 7,
      },
    ];
    expect(formatTable(rows)).toBe(
      [
        '| Runtime      | Passed | Failed | Skipped | Seconds |',
        '| ------------ | -----: | -----: | ------: | ------: |',
        '| Node 20.20.2 |   1700 |      0 |       0 |      90 |',
        '| Bun 1.4.5    |      9 |      1 |       3 |       7 |',
        '',
        '- Bun 1.4.5, 2 skipped: Bun has no ears',
        '- Bun 1.4.5, 1 skipped: nor a nose',
      ].join('\n'),
    );
  });

  it('takes the place of the one before', () => {
    const page = 'A\n<!-- matrix: begin -->\n\nold\n\n<!-- matrix: end -->\nZ\n';
    const expected = 'A\n<!-- matrix: begin -->\n\nnew\n\n<!-- matrix: end -->\nZ\n';
    expect(placeTable(page, 'new')).toBe(expected);
    expect(placeTable(expected, 'new')).toBe(expected);
  });

  it('needs both markers on the page', () => {
    expect(() => placeTable('<!-- matrix: end --><!-- matrix: begin -->', 'new')).toThrow(
      'lacks a place for the table',
    );
    expect(() => placeTable('', 'new')).toThrow('lacks a place for the table');
  });
});

it('the matrix refuses a runtime that it does not know, and names those that it does', () => {
  const { status, stderr } = spawnSync(process.execPath, [program, 'node-18'], { encoding: 'utf8' });
  expect(status).toBe(2);
  expect(stderr).toBe(
    'matrix: unknown runtime "node-18", expected node-20, node-22, node-24, node-26, bun, deno, chromium (--help explains)\n',
  );
});
