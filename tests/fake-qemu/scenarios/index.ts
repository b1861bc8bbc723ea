import type { Scenario } from '../scenario.ts';
import { BLOCK_NODES } from './block-nodes.ts';
import { DEVICES } from './devices.ts';
import { JOBS } from './jobs.ts';
import { MACHINE } from './machine.ts';
import { RUN_STATES } from './run-states.ts';

/** Everything that QEMU and its double are compared by. */
export const SCENARIOS: readonly Scenario[] = [...RUN_STATES, ...BLOCK_NODES, ...JOBS, ...DEVICES, ...MACHINE];
