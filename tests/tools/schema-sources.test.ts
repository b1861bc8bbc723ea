import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fetchSchemaSources, findSchemaSources } from '../../tools/qemu/index.mjs';
import { findSourceKeyring } from '../../tools/qemu/prerequisites.mjs';

const obstacle = whatKeepsFromFetching();

let folder: string;
let cache: string;
let own: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'schema-sources-'));
  cache = join(folder, 'cache');
  own = join(folder, 'own');
  writeFileSync(join(folder, 'apt.conf'), `Acquire::Retries "0";\n`);
  vi.stubEnv('QMP_QEMU_CACHE', cache);
  vi.stubEnv('QEMU_SCHEMAS', own);
  vi.stubEnv('DEBIAN_MIRROR', 'http://127.0.0.1:9/debian');
  vi.stubEnv('APT_CONFIG', join(folder, 'apt.conf'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

function pretend(at: string, ...parts: readonly string[]): void {
  for (const part of ['qapi', ...parts]) mkdirSync(join(at, part), { recursive: true });
  writeFileSync(join(at, 'qapi', 'qapi-schema.json'), '');
  writeFileSync(join(at, 'installed.json'), '{}');
}

describe('findSchemaSources', () => {
  it('finds the schemas of each version, its own before those that were fetched', () => {
    pretend(join(own, '7.2'), 'live');
    pretend(join(cache, 'schema-7.2'), 'tests/qapi-schema');
    pretend(join(cache, 'schema-10.0'), 'tests/qapi-schema');
    expect(findSchemaSources()).toEqual([
      {
        version: '7.2',
        folder: join(own, '7.2'),
        live: join(own, '7.2', 'live'),
        tests: join(cache, 'schema-7.2', 'tests/qapi-schema'),
      },
      {
        version: '10.0',
        folder: join(cache, 'schema-10.0'),
        tests: join(cache, 'schema-10.0', 'tests/qapi-schema'),
      },
      { version: '11.1', reason: 'it was not fetched yet' },
    ]);
  });

  it('takes no notice of what was left half-done', () => {
    pretend(join(cache, 'schema-7.2'));
    rmSync(join(cache, 'schema-7.2', 'installed.json'));
    expect(findSchemaSources()[0]).toEqual({ version: '7.2', reason: 'it was not fetched yet' });
  });
});

describe.skipIf(obstacle !== undefined)(
  `fetchSchemaSources${obstacle === undefined ? '' : ` (skipped: ${obstacle})`}`,
  () => {
    it('says why it could not fetch a version, and leaves it out', async () => {
      const lines: string[] = [];
      const sources = await fetchSchemaSources({ report: (line) => lines.push(line) });
      expect(sources.map(({ version }) => version)).toEqual(['7.2', '10.0', '11.1']);
      for (const { version, folder: missing, reason } of sources) {
        expect(missing).toBeUndefined();
        expect(reason).toContain(`cannot get the source of QEMU ${version} from http://127.0.0.1:9/debian (`);
      }
      expect(lines[0]).toBe("7.2's schema: reading the source lists of Debian bookworm from http://127.0.0.1:9/debian");
      expect(readdirSync(cache).filter((name) => !name.endsWith('.refused'))).toEqual([]);
    });

    it('asks again after a day', async () => {
      for (const version of ['7.2', '10.0']) pretend(join(own, version), 'tests/qapi-schema');
      const lines: string[] = [];
      const report = (line: string): void => void lines.push(line);
      await fetchSchemaSources({ report });
      const asked = lines.length;
      expect(asked).toBeGreaterThan(0);
      await fetchSchemaSources({ report });
      expect(lines).toHaveLength(asked);
      const yesterday = Date.now() / 1_000 - 25 * 60 * 60;
      utimesSync(join(cache, 'schema-11.1.refused'), yesterday, yesterday);
      await fetchSchemaSources({ report });
      expect(lines).toHaveLength(2 * asked);
    });

    it('costs nothing where all is there', async () => {
      for (const version of ['7.2', '10.0', '11.1']) pretend(join(own, version), 'tests/qapi-schema');
      const sources = await fetchSchemaSources();
      expect(sources.every(({ reason }) => reason === undefined)).toBe(true);
      expect(existsSync(cache)).toBe(false);
    });
  },
);

function whatKeepsFromFetching(): string | undefined {
  try {
    findSourceKeyring();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
