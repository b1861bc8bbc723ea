import type { ChardevBackend, ChardevInfo } from '../../../schema/types/qemu-11.1.gen.ts';
import { genericError } from '../errors.ts';
import { RingBuffer } from './ring-buffer.ts';

/** A character device: where bytes of the guest, or of a monitor, come from and go. */
export interface Chardev {
  readonly label: string;
  /** The kind of its backend. */
  readonly type: string;
  readonly filename: string;
  readonly ring?: RingBuffer | undefined;
  /** Something inside of QEMU uses it. */
  isOpen: boolean;
}

/** The character devices, by their labels. */
export class ChardevTable {
  readonly #chardevs = new Map<string, Chardev>();
  #terminals = 0;

  /** @param monitor where the first monitor listens. */
  constructor(monitor: string) {
    this.#chardevs.set('compat_monitor0', {
      label: 'compat_monitor0',
      type: 'socket',
      filename: monitor,
      isOpen: true,
    });
  }

  get all(): readonly Chardev[] {
    return [...this.#chardevs.values()];
  }

  get infos(): ChardevInfo[] {
    return this.all.map(({ label, filename, isOpen }) => ({
      label,
      filename,
      'frontend-open': isOpen,
    }));
  }

  get(label: string): Chardev | undefined {
    return this.#chardevs.get(label);
  }

  /**
   * Adds one; gives the terminal, where it has one.
   *
   * @throws CommandError for a label that is taken, and for a backend that does not do.
   */
  add(label: string, backend: ChardevBackend): { pty?: string } {
    if (this.#chardevs.has(label)) throw genericError(`Chardev with id '${label}' already exists`);
    const size =
      backend.type === 'ringbuf' || backend.type === 'memory' ? Number(backend.data.size ?? 65_536) : undefined;
    if (size !== undefined && (size < 1 || !Number.isInteger(Math.log2(size)))) {
      throw genericError(`Failed to add chardev '${label}': size of ringbuf chardev must be power of two`);
    }
    const pty = backend.type === 'pty' ? `/dev/pts/${this.#terminals++}` : undefined;
    const filename = pty === undefined ? filenameOf(backend) : `pty:${pty}`;
    const ring = size === undefined ? undefined : new RingBuffer(size);
    this.#chardevs.set(label, { label, type: backend.type, filename, ring, isOpen: false });
    return pty === undefined ? {} : { pty };
  }

  /** @throws CommandError if there is no such device, or it is in use. */
  remove(label: string): void {
    if (this.find(label).isOpen) throw genericError(`Chardev '${label}' is busy`);
    this.#chardevs.delete(label);
  }

  /** @throws CommandError if there is no such device. */
  find(label: string): Chardev {
    const chardev = this.#chardevs.get(label);
    if (chardev === undefined) throw genericError(`Chardev '${label}' not found`);
    return chardev;
  }

  /** @throws CommandError unless it is one that keeps what is written to it. */
  findRing(label: string): RingBuffer {
    const chardev = this.#chardevs.get(label);
    if (chardev === undefined) throw genericError(`Device '${label}' not found`);
    if (chardev.ring === undefined) throw genericError(`${label} is not a ringbuf device`);
    return chardev.ring;
  }
}

function filenameOf(backend: ChardevBackend): string {
  if (backend.type === 'memory') return 'ringbuf';
  if (backend.type === 'file') return backend.data.out;
  if (backend.type !== 'socket') return backend.type;
  const { addr, server = true } = backend.data;
  const role = server ? ',server=on' : '';
  if (addr.type === 'unix') return `disconnected:unix:${addr.data.path}${role}`;
  if (addr.type === 'inet') return `disconnected:tcp:${addr.data.host}:${addr.data.port}${role}`;
  return `disconnected:${addr.type}${role}`;
}
