import { closeSync, openSync, writeSync } from 'node:fs';

const EVENTS_PER_COMMAND = 4;
const BLOCK_COMMANDS = 100;

/** A reply of about 4 KB, and events of about 250 bytes each. */
const nodes = Array.from({ length: 20 }, (_, index) => ({
  'node-name': `node${index}`,
  drv: 'qcow2',
  ro: index % 2 === 0,
  image: { 'virtual-size': 17_179_869_184 + index, filename: `/var/lib/libvirt/images/disk-${index}.qcow2` },
  detect_zeroes: 'off',
}));

/**
 * Writes a recording of a session that asks again and again, and is told of events in between.
 *
 * @param {string} path
 * @param {number} bytes how large it is to be
 * @returns {number} how many commands there are in it
 */
export function writeRecording(path, bytes) {
  const file = openSync(path, 'w');
  let written = writeSync(file, handshake());
  let commands = 0;
  while (written < bytes) {
    let block = '';
    for (let count = 0; count < BLOCK_COMMANDS; count += 1) {
      block += exchange(commands);
      commands += 1;
    }
    written += writeSync(file, block);
  }
  writeSync(file, line({ ms: commands, end: 'client' }));
  closeSync(file);
  return commands;
}

function handshake() {
  const header = { recording: 'qmp', version: 1, peer: 'unix:/run/vm.sock', startedAt: '2026-11-05T12:00:00.000Z' };
  const version = { qemu: { major: 11, minor: 1, micro: 3 }, package: '' };
  return [
    header,
    { ms: 0, from: 'server', message: { QMP: { version, capabilities: [] } } },
    { ms: 0, from: 'client', message: { execute: 'qmp_capabilities', id: 'handshake' } },
    { ms: 0, from: 'server', message: { return: {}, id: 'handshake' } },
  ]
    .map(line)
    .join('');
}

/** @param {number} number */
function exchange(number) {
  const timestamp = { seconds: 1_700_000_000 + number, microseconds: number % 1_000_000 };
  const data = {
    device: 'drive0',
    len: 1_073_741_824,
    offset: number,
    speed: 0,
    type: 'mirror',
    padding: 'x'.repeat(80),
  };
  const event = { ms: number, from: 'server', message: { event: 'BLOCK_JOB_READY', timestamp, data } };
  return [
    { ms: number, from: 'client', message: { execute: 'query-named-block-nodes', id: number } },
    ...Array.from({ length: EVENTS_PER_COMMAND }, () => event),
    { ms: number, from: 'server', message: { return: nodes, id: number } },
  ]
    .map(line)
    .join('');
}

/** @param {object} entry */
function line(entry) {
  return `${JSON.stringify(entry)}\n`;
}
