import { configDefaults, defineConfig } from 'vitest/config';
import { BrowserOmissionReporter } from './tests/browser/browser-omission-reporter.ts';
import { browserProjects } from './tests/browser/browser-projects.ts';
import { ClosingLineReporter } from './tools/closing-line-reporter.ts';

// Tests run on the sources: each package offers them under this export condition.
const conditions = ['source'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    projects: [
      { extends: true, test: { name: 'unit', include: ['packages/*/src/**/*.test.ts'] } },
      { extends: true, test: { name: 'bench', include: ['bench/**/*.test.ts'] } },
      {
        extends: true,
        test: {
          name: 'system',
          include: ['tests/**/*.test.ts', 'examples/**/*.test.ts'],
          exclude: [...configDefaults.exclude, 'tests/browser/**'],
          globalSetup: 'tests/qemu/global-setup.ts',
          expect: { poll: { timeout: 10_000 } },
        },
      },
      ...browserProjects(),
    ],
    reporters: ['default', new BrowserOmissionReporter(), new ClosingLineReporter()],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 120_000,
    coverage: {
      provider: 'v8',
      include: ['packages/*/src/**/*.ts'],
      // Lists of exports hold no code; tests and what they share are not what is tested.
      exclude: ['**/index.ts', '**/*.gen.ts', '**/*.test*.ts'],
      reporter: [['text', { skipFull: true }]],
      thresholds: {
        'packages/protocol/src/**': { branches: 95, lines: 95 },
        'packages/qmp/src/**': { branches: 95, lines: 95 },
      },
    },
  },
});
