import type { Greeting, QmpClient } from 'qmp';

import type { Picture } from '../screen/picture.ts';
import { awaitGone, type Machine } from './machine.ts';
import type { Timeline } from './timeline.ts';
import { watchScreen } from './watch-screen.ts';

/** QEMU is quick to go; one that is not is ended by other means. */
const PATIENCE_FOR_END_MS = 5_000;

/** Who takes part in the show. */
export interface Cast {
  readonly machine: Machine;
  /** Not connected yet. */
  readonly client: QmpClient;
  readonly timeline: Timeline;
  /** Ends the show early. */
  readonly signal: AbortSignal;
}

/** The conversation that `qmp demo` shows, from the greeting to the machine's end; gives what its screen showed. */
export async function show(cast: Cast): Promise<Picture | undefined> {
  await connect(cast);
  await ask(cast);
  await learn(cast);
  await act(cast);
  await askTooMuch(cast);
  const picture = await look(cast);
  await quit(cast);
  return picture;
}

async function connect({ client, machine, timeline, signal }: Cast): Promise<void> {
  timeline.chapter('Connect', 'QEMU greets and says what it offers; the client picks, and the session is on.');
  timeline.code("const vm = await QmpClient.connect('/run/vm.sock', { retry: true })");
  await client.connect(machine.address, { retry: true, signal: AbortSignal.any([signal, machine.gone]) });
  if (client.greeting !== undefined) timeline.note(describe(client.greeting));
}

async function ask({ client, timeline, signal }: Cast): Promise<void> {
  timeline.chapter(
    'Ask',
    'On the wire it is {"execute": "query-version", "id": 2}, and {"return": {...}, "id": 2} back.',
  );
  timeline.code("const { status } = await vm.execute('query-status')");
  await client.execute('query-version', undefined, { signal });
  await client.execute('query-name', undefined, { signal });
  await client.execute('query-status', undefined, { signal });
}

async function learn({ client, timeline, signal }: Cast): Promise<void> {
  timeline.chapter('Learn', 'QEMU tells its whole vocabulary. The client has it as types, before a program runs.');
  timeline.code('const schema = await vm.schema()');
  const schema = await client.schema({ signal });
  timeline.note(`It knows ${schema.commands.size} commands and ${schema.events.size} events, with all their types.`);
}

async function act({ client, timeline, signal }: Cast): Promise<void> {
  timeline.chapter('Act and watch', 'The event may come before the reply: listen first, then ask.');
  timeline.code("const stopped = vm.events.next('STOP')");
  timeline.code("await vm.execute('stop'); await stopped");
  const stopped = client.events.next('STOP', { signal });
  await client.execute('stop', undefined, { signal });
  await stopped;
  await client.execute('query-status', undefined, { signal });
  const resumed = client.events.next('RESUME', { signal });
  await client.execute('cont', undefined, { signal });
  await resumed;
}

async function askTooMuch({ client, timeline, signal }: Cast): Promise<void> {
  timeline.chapter(
    'Ask too much',
    'A refusal is a reply: with a class for programs, and a text for people. executeRaw() takes any name.',
  );
  timeline.code("await vm.executeRaw('make-coffee')  // throws an ExecuteError");
  await client.raw({ execute: 'make-coffee' }, { signal });
}

async function look({ client, machine, timeline, signal }: Cast): Promise<Picture | undefined> {
  const { screenFile } = machine;
  if (screenFile === undefined) {
    timeline.chapter('Look', 'This machine has no screen: the screenshot is left out.');
    return undefined;
  }
  timeline.chapter('Look', 'The firmware draws on the screen; pictures are taken until it stands still.');
  timeline.code("await vm.execute('screendump', { filename: '/tmp/screen.ppm' })");
  return await watchScreen(client, screenFile, signal);
}

async function quit({ client, machine, timeline, signal }: Cast): Promise<void> {
  timeline.chapter('Quit', 'QEMU says goodbye and goes, its socket with it.');
  timeline.code("await vm.execute('quit')");
  await client.execute('quit', undefined, { signal });
  await awaitGone(machine, PATIENCE_FOR_END_MS);
  // Versions before 6 say SHUTDOWN behind the reply: the conversation ends when QEMU hangs up.
  if (machine.gone.aborted) await client.closed;
}

function describe({ QMP: { version, capabilities } }: Greeting): string {
  const { major, minor, micro } = version.qemu;
  const offer = capabilities.length === 0 ? 'nothing beyond the basics' : capabilities.join(', ');
  return `QEMU ${major}.${minor}.${micro} (${version.package}), offers ${offer}`;
}
