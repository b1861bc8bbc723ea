import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { checkBuild } from './check-build.mjs';

/** A folder of packages with these files, each changed at its second. */
function packagesWith(files: Readonly<Record<string, number>>): string {
  const packages = mkdtempSync(join(tmpdir(), 'check-build-'));
  onTestFinished(() => rmSync(packages, { recursive: true }));
  for (const [file, seconds] of Object.entries(files)) {
    const path = join(packages, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, '');
    utimesSync(path, seconds, seconds);
  }
  return packages;
}

describe('the check of the build', () => {
  it('accepts packages that are built from the sources as they are', () => {
    const packages = packagesWith({ 'a/src/deep/x.ts': 1, 'a/dist/src.tsbuildinfo': 2 });
    expect(() => checkBuild(packages)).not.toThrow();
  });

  it('does not mind tests that have changed', () => {
    const packages = packagesWith({ 'a/src/x.test.ts': 3, 'a/src/x.test-kit.ts': 3, 'a/dist/src.tsbuildinfo': 2 });
    expect(() => checkBuild(packages)).not.toThrow();
  });

  it('names a package that is not built', () => {
    const packages = packagesWith({ 'a/src/x.ts': 1 });
    expect(() => checkBuild(packages)).toThrow('packages/a is not built: run "npm run build" first');
  });

  it('names a source that has changed since', () => {
    const packages = packagesWith({ 'a/src/deep/x.ts': 3, 'a/dist/src.tsbuildinfo': 2 });
    expect(() => checkBuild(packages)).toThrow('packages/a/src/deep/x.ts has changed since it was built');
  });
});
