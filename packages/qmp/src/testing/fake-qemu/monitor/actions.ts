import { deviceNotFound, genericError } from '../errors.ts';
import type { Machine } from '../machine/machine.ts';
import type { Line } from './line.ts';

const MEBIBYTE = 2 ** 20;
const UNITS: Readonly<Record<string, number>> = { '': 1, k: 2 ** 10, m: MEBIBYTE, g: 2 ** 30 };
const ANY = Infinity;

/** What the human monitor can be told to do. */
export function actions(machine: Machine): readonly Line[] {
  const { runState, power, snapshots, devices, unplug, balloon, graph } = machine;
  return [
    { names: ['stop', 's'], help: 'stop emulation', run: () => runState.stop('paused') },
    { names: ['cont', 'c'], help: 'resume emulation', run: () => runState.continue() },
    { names: ['quit', 'q'], help: 'quit the emulator', run: () => power.quit() },
    { names: ['system_reset'], help: 'reset the system', run: () => power.reset('host-qmp-system-reset', false) },
    { names: ['system_powerdown'], help: 'send system power down event', run: () => power.pressButton() },
    { names: ['system_wakeup'], help: 'wakeup guest from suspend', run: () => runState.wake() },
    {
      names: ['savevm'],
      help: 'save a VM snapshot',
      most: 1,
      run: ([tag = 'vm']) => snapshots.save(tag, snapshots.everyDisk),
    },
    {
      names: ['loadvm'],
      help: 'restore a VM snapshot',
      most: 1,
      run: ([tag = '']) => snapshots.load(tag, snapshots.everyDisk),
    },
    {
      names: ['delvm'],
      help: 'delete a VM snapshot',
      most: 1,
      run: ([tag = '']) => {
        if (graph.nodes.length > 0) snapshots.delete(tag, snapshots.everyDisk);
      },
    },
    {
      names: ['device_add'],
      help: 'add device, like -device on the command line',
      most: 1,
      run: ([text = '']) => void devices.add(parseDevice(text), true),
    },
    { names: ['device_del'], help: 'remove device', most: 1, run: ([id = '']) => unplug.request(id) },
    {
      names: ['balloon'],
      help: 'request VM to change its memory allocation (in MB)',
      most: 1,
      run: ([megabytes = '']) => balloon.setTarget(Number(megabytes) * MEBIBYTE),
    },
    { names: ['sendkey'], help: "send keys to the VM (e.g. 'sendkey ctrl-alt-f1')", most: 2, run: () => undefined },
    {
      names: ['eject'],
      help: 'eject a removable medium',
      most: 2,
      run: (words) => {
        throw deviceNotFound(words.at(-1) ?? '');
      },
    },
    {
      names: ['qemu-io'],
      help: 'run a qemu-io command on a block device',
      most: ANY,
      run: (words, text) => {
        const node = graph.find(words[0] ?? '');
        if (node.isReadOnly) return 'Block node is read-only';
        const [, count = '', unit = ''] = /"?write\s.*?(\d+)([kmg]?)"?\s*$/i.exec(text) ?? [];
        if (count === '') throw genericError('Only writing is played here: write OFFSET COUNT');
        node.write(Number(count) * (UNITS[unit.toLowerCase()] ?? 1));
        return undefined;
      },
    },
  ];
}

/** `driver,name=value,...` */
function parseDevice(text: string): Record<string, string> {
  const [driver = '', ...properties] = text.split(',');
  const pairs = properties.map((property): [string, string] => {
    const at = property.indexOf('=');
    return at === -1 ? [property, 'on'] : [property.slice(0, at), property.slice(at + 1)];
  });
  return { driver, ...Object.fromEntries(pairs) };
}
