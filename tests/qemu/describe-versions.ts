import { describe, inject } from 'vitest';
import type { QemuProgram, TestedQemu } from './tested-qemu.ts';

/** A version that has the program. */
export type TestedVersion<P extends QemuProgram> = TestedQemu & { readonly [program in P]: string };

/** Stands in where a program is missing, so that the tests which are left out are counted and say why. */
const NONE: TestedVersion<QemuProgram> = {
  version: 'is left out: no version of it could be installed or found',
  major: 0,
  qemu: '',
  storageDaemon: '',
  guestAgent: '',
};

/** The same tests for every version that has the program; skipped where none has it. */
export function describeVersions<P extends QemuProgram>(program: P, tests: (version: TestedVersion<P>) => void): void {
  const found = inject('testedQemu').filter((version): version is TestedVersion<P> => version[program] !== undefined);
  for (const version of found.length > 0 ? found : [NONE]) {
    describe.skipIf(version === NONE)(`${program} ${version.version}`, () => {
      tests(version);
    });
  }
}
