import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventLines } from './events.mjs';
import { replies } from './replies.mjs';

const GREETING =
  '{"QMP": {"version": {"qemu": {"micro": 0, "minor": 1, "major": 11}, "package": ""}, "capabilities": []}}\r\n';

/**
 * Writes what the server says: `greeting`, `events`, and `COMMAND.json` for each reply.
 *
 * @param {string} folder
 */
export function writeContent(folder) {
  writeFileSync(join(folder, 'greeting'), GREETING);
  writeFileSync(join(folder, 'events'), eventLines());
  for (const [command, text] of Object.entries(replies())) writeFileSync(join(folder, `${command}.json`), text);
}
