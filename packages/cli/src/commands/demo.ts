import { ignore } from '@qmp/protocol/wait';

import { parseWords } from '../arguments/parse-words.ts';
import { UsageError } from '../arguments/usage-error.ts';
import { Conversation } from '../timeline/conversation.ts';
import { converse } from '../demo/converse.ts';
import { planMachine } from '../demo/plan-machine.ts';
import { Timeline } from '../demo/timeline.ts';
import { savePng } from '../screen/save-png.ts';
import { paintFor } from '../terminal/paint.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { textWidth } from '../terminal/text-width.ts';
import type { Command } from './command.ts';

const DEFAULT_SCREENSHOT = './qmp-demo.png';

const help = `Usage: qmp demo [--screenshot FILE] [--embedded]

Shows QMP at work: starts a small QEMU, talks to it, takes a picture of its
screen, ends it, and shows each message that passed, with the time and a word of
explanation. Nothing is left behind but the picture. It takes a few seconds.

Where no QEMU can be found, a double inside this program plays its part.

--screenshot FILE   where the picture goes, as PNG (default ${DEFAULT_SCREENSHOT})
--embedded          talk to the double even where there is a QEMU

Environment:
  QEMU   the QEMU to start; otherwise qemu-system-x86_64, or another
         qemu-system-..., on PATH

Examples:
  qmp demo
  QEMU=/opt/qemu/bin/qemu-system-x86_64 qmp demo --screenshot /tmp/screen.png

Exit status: 0 it ran to its end; 1 it did not, and a sentence says why; 2 for
wrong usage.
`;

/** `qmp demo`: a conversation with QEMU, shown and explained. */
export const demo: Command = { help, run };

async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parseWords(args, {
    screenshot: { type: 'string', default: DEFAULT_SCREENSHOT },
    embedded: { type: 'boolean', default: false },
  });
  const [unexpected] = positionals;
  if (unexpected !== undefined)
    throw new UsageError(`${JSON.stringify(unexpected)} is too much; expected options only`);
  const timeline = new Timeline({
    write: (text) => write(terminal, text),
    paint: paintFor(terminal.stdout),
    width: textWidth(terminal.stdout),
  });
  timeline.introduction();
  const plan = await planMachine(terminal.env, values.embedded);
  timeline.chapter('Start', plan.story);
  const conversation = new Conversation(() => performance.now());
  const machine = await plan.start();
  timeline.note(machine.startedBy);
  const picture = await converse({ machine, conversation, timeline, signal: terminal.stop });
  const { commandCount, eventCount, elapsedMs } = conversation;
  let summary = `${commandCount} commands and ${eventCount} events in ${Math.round(elapsedMs)} ms.`;
  if (picture !== undefined) {
    await savePng(picture, values.screenshot);
    summary += ` The screen (${picture.width} x ${picture.height}) is in ${values.screenshot}`;
  }
  timeline.conclusion(summary);
  return 0;
}

/** Messages do not wait for slow readers, and a reader who has gone is heard of by `stop`. */
function write(terminal: Terminal, text: string): void {
  Promise.resolve(terminal.stdout.write(text)).catch(ignore);
}
