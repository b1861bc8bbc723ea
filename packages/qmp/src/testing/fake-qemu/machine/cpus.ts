import type { CpuInfoFast, HotpluggableCPU } from '../../../schema/types/qemu-11.1.gen.ts';

const TYPE = 'qemu64-x86_64-cpu';
const FIRST_THREAD = 10_000;

/** The processors of a machine: cores of one socket. */
export class Cpus {
  readonly count: number;

  constructor(count: number) {
    this.count = count;
  }

  get infos(): CpuInfoFast[] {
    return this.#map((index) => ({
      'cpu-index': index,
      'qom-path': pathOf(index),
      'qom-type': TYPE,
      'thread-id': FIRST_THREAD + index,
      target: 'x86_64',
      props: topologyOf(index),
    }));
  }

  get slots(): HotpluggableCPU[] {
    return this.#map((index) => ({
      type: TYPE,
      'vcpus-count': 1,
      'qom-path': pathOf(index),
      props: topologyOf(index),
    })).reverse();
  }

  #map<T>(describe: (index: number) => T): T[] {
    return Array.from({ length: this.count }, (_, index) => describe(index));
  }
}

function pathOf(index: number): string {
  // Its interrupt controller comes right behind the first one.
  return `/machine/unattached/device[${index === 0 ? 0 : index + 1}]`;
}

function topologyOf(index: number): { 'socket-id': number; 'core-id': number; 'thread-id': number } {
  return { 'socket-id': 0, 'core-id': index, 'thread-id': 0 };
}
