import { writeSync } from 'node:fs';
import type { Reporter, SerializedError, TestModule } from 'vitest/node';

/** Prints `N passed, N failed` (and `, N skipped`, if any) as the very last line of a run, for scripts that read it. */
export class ClosingLineReporter implements Reporter {
  #count = { passed: 0, failed: 0, skipped: 0, pending: 0 };

  onInit(): void {
    // No later moment is left to reporters: the coverage table comes after their last call.
    process.once('exit', (exitCode) => writeSync(1, this.#closingLine(exitCode)));
  }

  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly SerializedError[]): void {
    const count = { passed: 0, failed: unhandledErrors.length, skipped: 0, pending: 0 };
    for (const module of modules) {
      for (const test of module.children.allTests()) count[test.result().state] += 1;
      // A file that cannot be loaded, or a hook that throws, fails without failing a test.
      for (const group of [module, ...module.children.allSuites()]) {
        if (group.errors().length > 0) count.failed += 1;
      }
    }
    this.#count = count;
  }

  #closingLine(exitCode: number): string {
    const { passed, failed, skipped, pending } = this.#count;
    // A global setup that throws, or a coverage that is too low, fails the run without an error that reporters get.
    const failures = exitCode === 0 ? failed : Math.max(failed, 1);
    const suffix = skipped + pending > 0 ? `, ${skipped + pending} skipped` : '';
    return `${passed} passed, ${failures} failed${suffix}\n`;
  }
}
