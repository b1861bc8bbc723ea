import { writeFileSync } from 'node:fs';
import type { Reporter, SerializedError, TestModule } from 'vitest/node';
import type { Outcome } from './outcome.ts';

/** Leaves the {@link Outcome} of a run in the file that `MATRIX_OUTCOME` names. */
// oxlint-disable-next-line import/no-default-export -- how vitest finds a reporter that its command line names
export default class OutcomeReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly SerializedError[]): void {
    const outcome: Outcome = {
      passed: 0,
      failures: unhandledErrors.map((error) => `outside of the tests: ${error.message}`),
      skips: {},
    };
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const result = test.result();
        const name = `${module.relativeModuleId} > ${test.fullName}`;
        if (result.state === 'passed') outcome.passed += 1;
        else if (result.state === 'failed') outcome.failures.push(`${name}: ${result.errors[0]?.message}`);
        else {
          const reason = (result.state === 'skipped' && result.note) || `no reason given: ${name}`;
          outcome.skips[reason] = (outcome.skips[reason] ?? 0) + 1;
        }
      }
      for (const group of [module, ...module.children.allSuites()]) {
        for (const { message } of group.errors()) outcome.failures.push(`${module.relativeModuleId}: ${message}`);
      }
    }
    const file = process.env['MATRIX_OUTCOME'];
    if (file === undefined) throw new Error('MATRIX_OUTCOME is not set: expected the file to write to');
    writeFileSync(file, JSON.stringify(outcome));
  }
}
