import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const CACHE = fileURLToPath(new URL('../../.cache', import.meta.url));

/** Packages are found from there as those who install them find them; it goes away with the test. */
export function folderInWorkspace(): string {
  mkdirSync(CACHE, { recursive: true });
  const folder = mkdtempSync(join(CACHE, 'examples-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}
