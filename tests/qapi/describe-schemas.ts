import { describe, inject } from 'vitest';
import type { SchemaSource } from '../../tools/qemu/index.mjs';

declare module 'vitest' {
  export interface ProvidedContext {
    readonly schemaSources: readonly SchemaSource[];
  }
}

/** The same tests for every QEMU version; where a part of its source is missing they are skipped, and say why. */
export function describeSchemas(part: 'folder' | 'tests', tests: (version: string, path: string) => void): void {
  for (const { version, [part]: path, reason } of inject('schemaSources')) {
    describe.skipIf(path === undefined)(`QEMU ${version}${path === undefined ? ` is left out: ${reason}` : ''}`, () => {
      tests(version, path ?? '');
    });
  }
}
