import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runProcess } from '../measure/run-process.mjs';
import { writeRecording } from '../replay/write-recording.mjs';
import { itself } from './questions.mjs';

const RECORDING_BYTES = 100e6;
const SCRIPT = fileURLToPath(new URL('../replay/replay-recording.mjs', import.meta.url));

/** @type {import('./row.ts').Row} */
export const replayRow = {
  name: 'replay',
  title: 'the replay of a recording of 100 MB, and its client, in one process',
  unit: 'bytes',
  contestants: ['qmp'],
  questions: [itself('bytes at most', { atMost: 150e6 })],
  async measure(_contestant, { executable }) {
    const folder = mkdtempSync(join(tmpdir(), 'qmp-bench-'));
    try {
      const path = join(folder, 'session.jsonl');
      const commands = writeRecording(path, RECORDING_BYTES);
      if (statSync(path).size < RECORDING_BYTES) throw new Error('The recording is too short');
      const printed = await runProcess([executable, SCRIPT, path, String(commands)]);
      const { memoryBytes } = /** @type {{ readonly memoryBytes: number }} */ (JSON.parse(printed));
      return { value: memoryBytes };
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};
