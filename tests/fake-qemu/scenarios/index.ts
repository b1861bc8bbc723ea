import type { Scenario } from '../scenario.ts';
import { BACKENDS } from './backends.ts';
import { BACKUPS } from './backups.ts';
import { BLOCK_NODES } from './block-nodes.ts';
import { DEVICES } from './devices.ts';
import { JOBS } from './jobs.ts';
import { MACHINE } from './machine.ts';
import { MEDIA } from './media.ts';
import { MIGRATION } from './migration.ts';
import { MIRRORS } from './mirrors.ts';
import { RUN_STATES } from './run-states.ts';
import { SCREEN } from './screen.ts';
import { SNAPSHOTS } from './snapshots.ts';

/** Everything that QEMU and its double are compared by. */
export const SCENARIOS: readonly Scenario[] = [
  ...RUN_STATES,
  ...MACHINE,
  ...BLOCK_NODES,
  ...BACKUPS,
  ...MIRRORS,
  ...JOBS,
  ...SNAPSHOTS,
  ...DEVICES,
  ...MEDIA,
  ...BACKENDS,
  ...MIGRATION,
  ...SCREEN,
];
