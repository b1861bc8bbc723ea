import { genericError } from '../errors.ts';
import type { Handlers } from '../handlers.ts';
import type { ChardevTable } from './chardev-table.ts';

/** Making and removing character devices, and reading and writing those that keep their bytes. */
export function chardevCommands(chardevs: ChardevTable): Handlers {
  return {
    'query-chardev': () => chardevs.infos,
    'query-chardev-backends': () => BACKENDS.map((name) => ({ name })),
    'chardev-add': ({ id, backend }) => chardevs.add(id, backend),
    'chardev-remove': ({ id }) => chardevs.remove(id),
    'chardev-send-break': ({ id }) => void chardevs.find(id),
    'ringbuf-write'({ device, data, format = 'utf8' }) {
      chardevs.findRing(device).write(format === 'base64' ? fromBase64(data) : new TextEncoder().encode(data));
    },
    'ringbuf-read'({ device, size, format = 'utf8' }) {
      const ring = chardevs.findRing(device);
      if (size <= 0) throw genericError('size must be greater than zero');
      const bytes = ring.read(Number(size));
      return format === 'base64' ? btoa(String.fromCharCode(...bytes)) : new TextDecoder().decode(bytes);
    },
  };
}

const BACKENDS = (
  'testdev stdio wctablet file udp memory parallel vc socket msmouse null hub ' +
  'pty qemu-vdagent pipe mux serial ringbuf'
).split(' ');

function fromBase64(text: string): number[] {
  return Array.from(atob(text), (character) => character.charCodeAt(0));
}
