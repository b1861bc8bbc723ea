import { describe, inject, it } from 'vitest';
import type { QemuProgram, TestedQemu } from './tested-qemu.ts';

/** A version that has the program. */
export type TestedVersion<P extends QemuProgram> = TestedQemu & { readonly [program in P]: string };

/** The same tests for every version that has the program; where none has it, a skipped test says so. */
export function describeVersions<P extends QemuProgram>(program: P, tests: (version: TestedVersion<P>) => void): void {
  const versions = inject('testedQemu').filter(
    (version): version is TestedVersion<P> => version[program] !== undefined,
  );
  for (const version of versions) {
    describe(`${program} ${version.version}`, () => {
      tests(version);
    });
  }
  if (versions.length > 0) return;
  it(`is left out: no version of ${program} could be installed or found`, ({ skip }) => skip());
}
