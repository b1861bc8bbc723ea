import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bundlePackage } from '../../tools/bundle/bundle-package.mjs';

const MANIFEST = {
  name: 'one',
  type: 'module',
  exports: {
    '.': { source: './src/index.ts', types: './dist/index.d.ts', default: './dist/index.js' },
    './inner': { source: './src/inner/index.ts', default: './dist/inner/index.js' },
  },
  imports: {
    '#platform': {
      browser: { source: './src/browser.ts', default: './dist/browser.js' },
      source: './src/platform.ts',
      default: './dist/platform.js',
    },
  },
  devDependencies: { two: '1.0.0' },
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bundle-'));
  write('package.json', JSON.stringify(MANIFEST));
  write('src/fault.ts', 'export class Fault extends Error { readonly code: string = "F"; }\n');
  write('src/rare.ts', 'export const rare: string = "rare";\n');
  write('src/browser.ts', 'export const platform: string = "browser";\n');
  write('src/platform.ts', 'export const platform: string = "node";\n');
  write('src/inner/index.ts', "export { Fault } from '../fault.ts';\n");
  write(
    'src/index.ts',
    `import { taken } from 'two';
import { platform } from '#platform';
import type { Missing } from 'missing';
export { Fault } from './fault.ts';
export const all: readonly string[] = [taken, platform];
export const loadRare = async (): Promise<string> => (await import('./rare.ts')).rare;
export type { Missing };
`,
  );
  write('node_modules/two/package.json', '{"name":"two","type":"module","exports":{"source":"./two.ts"}}');
  write('node_modules/two/two.ts', 'export const taken: string = "taken in";\n');
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

/** The bundles by their paths. */
function written(): Record<string, string> {
  const dist = join(folder, 'dist');
  const files = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((file) => /\.(js|map)$/.test(file));
  return Object.fromEntries(files.sort().map((file) => [file, readFileSync(join(dist, file), 'utf8')]));
}

async function load(path: string): Promise<Record<string, unknown>> {
  return (await import(/* @vite-ignore */ pathToFileURL(join(folder, path)).href)) as Record<string, unknown>;
}

describe('bundlePackage', () => {
  it('makes one file of each entry point, with what they share and what is rarely needed beside it', async () => {
    await bundlePackage(folder);
    expect(Object.keys(written()).filter((file) => file.endsWith('.js'))).toEqual([
      'browser.js',
      'chunks/rare.js',
      'chunks/shared.js',
      'index.js',
      'inner/index.js',
      'platform.js',
    ]);
  });

  it('keeps a class the same for all entry points, under its name', async () => {
    await bundlePackage(folder);
    const [index, inner] = [await load('dist/index.js'), await load('dist/inner/index.js')];
    expect(index['Fault']).toBe(inner['Fault']);
    expect(index['Fault']).toHaveProperty('name', 'Fault');
  });

  it('takes in what only its development depends on, and leaves to run time what is chosen by condition', async () => {
    await bundlePackage(folder);
    expect((await load('dist/index.js'))['all']).toEqual(['taken in', 'node']);
    expect(written()['index.js']).toContain('from "#platform"');
    expect(written()['index.js']).not.toContain('"two"');
  });

  it('writes the same twice, with maps that lead to the sources', async () => {
    await bundlePackage(folder);
    const first = written();
    await bundlePackage(folder);
    expect(written()).toEqual(first);
    expect(JSON.parse(first['browser.js.map'] ?? '')).toMatchObject({ sources: ['../src/browser.ts'] });
  });

  it('removes what an earlier build has left, and keeps what the compiler has made of the sources', async () => {
    const kept = ['dist/index.d.ts', 'dist/index.d.ts.map', 'dist/inner/index.d.ts', 'dist/src.tsbuildinfo'];
    const stale = ['dist/gone.d.ts', 'dist/gone.d.ts.map', 'dist/fault.js', 'dist/chunks/old.js', 'dist/fault.js.map'];
    for (const path of [...kept, ...stale]) write(path, '');
    await bundlePackage(folder);
    expect([...kept, ...stale].filter((path) => existsSync(join(folder, path)))).toEqual(kept);
  });

  it('fails for an import that leads nowhere', async () => {
    write('src/platform.ts', "export { platform } from './nowhere.ts';\n");
    await expect(bundlePackage(folder)).rejects.toThrow('./nowhere.ts');
  });
});
