import { describe, expect, inject, it } from 'vitest';
import type { TestedVersion } from '../qemu/describe-versions.ts';
import { temporaryFolder } from '../qemu/test-process.ts';
import { normalise } from './rules/normalise.ts';
import { SCENARIOS } from './scenarios/index.ts';
import { playOnFake } from './stages/fake-stage.ts';
import { playOnQemu } from './stages/real-stage.ts';

const model = inject('testedQemu').find((version): version is TestedVersion<'qemu'> => {
  return version.qemu !== undefined && version.version === '11.1';
});

describe.skipIf(model === undefined)(
  `FakeQemu, compared with QEMU 11.1${model === undefined ? ', which is missing' : ''},`,
  () => {
    it.each(SCENARIOS.map((scenario) => [scenario.name, scenario] as const))('%s', async (_name, scenario) => {
      if (model === undefined) throw new Error('There is no QEMU 11.1');
      const folder = temporaryFolder();
      const real = await playOnQemu(model, scenario, folder);
      const fake = await playOnFake(scenario, folder);
      expect(normalise(fake)).toEqual(normalise(real));
    });
  },
);
