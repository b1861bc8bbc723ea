import { fileURLToPath } from 'node:url';
import { runProcess } from '../measure/run-process.mjs';
import { makeConsumerProject } from '../types/consumer-project.mjs';
import { itself, moreThan } from './questions.mjs';

const COMPILER = fileURLToPath(new URL('../../node_modules/@typescript/native/bin/tsc', import.meta.url));
const COMPLETE = fileURLToPath(new URL('../types/complete.mjs', import.meta.url));

/** @type {import('./row.ts').Row} */
export const checkRow = {
  name: 'types-check',
  title: 'TypeScript 7 checks a program with all commands typed; its floor is the same program without the schema',
  unit: 'ms',
  turnsPerRound: 5,
  contestants: ['qmp', 'floor'],
  questions: [moreThan('floor', 'ms', { atMost: 100 })],
  async measure(contestant, { executable }) {
    const folder = projectOf(contestant);
    const start = performance.now();
    await runProcess([executable, COMPILER, '--project', folder]);
    return { value: performance.now() - start };
  },
};

/** @type {import('./row.ts').Row} */
export const instantiationsRow = {
  name: 'types-instantiations',
  title: 'types that it instantiates for that',
  unit: 'instantiations',
  isConstant: true,
  contestants: ['qmp', 'floor'],
  questions: [moreThan('floor', 'instantiations', { atMost: 2_000 })],
  async measure(contestant, { executable }) {
    const printed = await runProcess([
      executable,
      COMPILER,
      '--project',
      projectOf(contestant),
      '--extendedDiagnostics',
    ]);
    const [, instantiations] = /^Instantiations:\s+(\d+)$/m.exec(printed) ?? [];
    if (instantiations === undefined) throw new Error(`The compiler did not count its instantiations: ${printed}`);
    return { value: Number(instantiations) };
  },
};

/** @type {import('./row.ts').Row} */
export const completionRow = {
  name: 'types-completion',
  title: 'the names of all commands in an editor, after each letter; its floor is the same program without the schema',
  unit: 'ms',
  contestants: ['qmp', 'floor'],
  questions: [itself('ms', { atMost: 50 })],
  async measure(contestant, { executable }) {
    return { value: Number(await runProcess([executable, COMPLETE, projectOf(contestant)])) };
  },
};

/** @type {Map<import('./row.ts').Contestant, string>} */
const projects = new Map();

/** @param {import('./row.ts').Contestant} contestant */
function projectOf(contestant) {
  const folder = projects.get(contestant) ?? makeConsumerProject({ hasSchema: contestant === 'qmp' });
  projects.set(contestant, folder);
  return folder;
}
