import type { DeviceAddArguments, BlockdevOptions, ObjectOptions } from '../../../schema/types/qemu-11.1.gen.ts';

/** The machine that a fake QEMU plays: what stands on QEMU's command line. */
export interface MachineOptions {
  /** `-name`. */
  readonly name?: string | undefined;
  /** `-uuid`; zeros unless told otherwise. */
  readonly uuid?: string | undefined;
  /** `-m`: 128 MiB unless told otherwise. */
  readonly memoryBytes?: number | undefined;
  /** `-m slots=`: the memory modules that can be plugged in later; none unless told otherwise. */
  readonly memorySlots?: number | undefined;
  /** `-smp`: one unless told otherwise. */
  readonly cpus?: number | undefined;
  /** `-accel`: `tcg` unless told otherwise. */
  readonly accelerator?: 'tcg' | 'kvm' | undefined;
  /** `-S`: the guest does not run until `cont`. */
  readonly isStopped?: boolean | undefined;
  /** `-incoming defer`: it waits for a migration. */
  readonly isIncoming?: boolean | undefined;
  /** `-object`, in order. */
  readonly objects?: readonly ObjectOptions[] | undefined;
  /** `-blockdev`, in order. */
  readonly blockdevs?: readonly BlockdevOptions[] | undefined;
  /** `-device`, in order; a graphics card, `{ driver: 'VGA' }`, unless told otherwise. */
  readonly devices?: readonly DeviceAddArguments[] | undefined;
}
