// @ts-check
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const repository = fileURLToPath(new URL('../../', import.meta.url));
const logFolder = join(repository, '.cache/matrix');
const reporter = fileURLToPath(new URL('outcome-reporter.ts', import.meta.url));

/** Many times what the slowest one takes: whoever is not done by then hangs. */
const LIMIT_MS = 20 * 60_000;

/** @typedef {import('./outcome.ts').Outcome} Outcome */
/** @typedef {import('./outcome.ts').Row} Row */

/**
 * Runs the tests under a runtime, in a process of its own; what it prints goes to `.cache/matrix/NAME.log`.
 * @param {import('./runtimes.mjs').Runtime} runtime
 * @returns {Promise<Row>}
 */
export async function runSuite(runtime) {
  mkdirSync(logFolder, { recursive: true });
  const outcomeFile = join(logFolder, `${runtime.name}.json`);
  const logFile = join(logFolder, `${runtime.name}.log`);
  rmSync(outcomeFile, { force: true });
  const log = openSync(logFile, 'w');
  const version = versionOf(runtime);
  const startedAt = performance.now();
  const projects = runtime.projects.flatMap((project) => ['--project', project]);
  const reporters = ['--reporter=default', `--reporter=${reporter}`];
  const child = spawn(
    runtime.program,
    [...runtime.args, 'run', '--coverage.enabled=false', ...projects, ...reporters],
    {
      cwd: repository,
      stdio: ['ignore', log, log],
      timeout: LIMIT_MS,
      env: {
        ...process.env,
        // A program that tests start by the name `node` is that Node, too.
        PATH: `${dirname(runtime.program)}${delimiter}${process.env['PATH']}`,
        MATRIX_OUTCOME: outcomeFile,
        MATRIX_RUNTIME: `${runtime.title} ${version}`,
      },
    },
  );
  const [code, signal] = /** @type {[number | null, string | null]} */ (await once(child, 'close'));
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  const outcome = readOutcome(outcomeFile);
  // Vitest has more ways to fail than tests that do: a global setup that throws, a worker that crashes or hangs.
  if (code !== 0 && outcome.failures.length === 0) {
    outcome.failures.push(`${signal === null ? `exit code ${code}` : `ended by ${signal}`}, see ${logFile}`);
  }
  return { runtime: `${runtime.title} ${version}`, ...outcome, seconds };
}

/** @param {import('./runtimes.mjs').Runtime} runtime */
function versionOf({ versionCommand: [program = '', ...args] }) {
  const { stdout } = spawnSync(program, args, { encoding: 'utf8' });
  return /\d+\.\d+\.\d+(\.\d+)?/.exec(stdout ?? '')?.[0] ?? '(cannot be started)';
}

/**
 * @param {string} file
 * @returns {Outcome}
 */
function readOutcome(file) {
  if (!existsSync(file)) return { passed: 0, failures: [], skips: {} };
  return /** @type {Outcome} */ (JSON.parse(readFileSync(file, 'utf8')));
}
