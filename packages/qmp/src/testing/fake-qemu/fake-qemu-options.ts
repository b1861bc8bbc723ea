import type { Address, Logger } from '@qmp/protocol';

import type { SetActionArguments } from '../../schema/types/qemu-11.1.gen.ts';
import type { Disk } from './block/disks.ts';
import type { ClockPace } from './clock/virtual-clock.ts';
import type { HostFiles } from './files/host-files.ts';
import type { GuestHabits } from './guest/guest-habits.ts';
import type { MachineOptions } from './machine/machine-options.ts';

/** How a {@link FakeQemu} is started. */
export interface FakeQemuOptions extends MachineOptions {
  /** Where it listens, like `-qmp`; without it, it is reached by `transport()` only. */
  readonly listen?: Address | undefined;
  /** Whether `many` clients are served at once, the default, or `one` after the other, as QEMU does. */
  readonly clients?: 'many' | 'one' | undefined;
  /** How time passes; `automatic` unless told otherwise. */
  readonly clock?: ClockPace | undefined;
  /** How the guest reacts; it does what it is asked to unless told otherwise. */
  readonly guest?: Partial<GuestHabits> | undefined;
  /** `-action`: what is done when the guest powers off, resets, panics, or starves its watchdog. */
  readonly actions?: SetActionArguments | undefined;
  /** The disk files that `blockdev-add` finds, by name; whatever it looks for if left out. */
  readonly disks?: Readonly<Record<string, Disk>> | undefined;
  /** How fast jobs copy, unless they are told to be slower; 200 MiB a second unless told otherwise. */
  readonly diskBytesPerSecond?: number | undefined;
  /** Where `screendump` writes; the platform's files unless told otherwise. */
  readonly files?: HostFiles | undefined;
  /** Where log records go; nowhere if left out. */
  readonly logger?: Logger | undefined;
}
