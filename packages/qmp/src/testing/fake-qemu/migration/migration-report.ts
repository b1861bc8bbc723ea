import type { MigrationInfo, MigrationRAMStats } from '../../../schema/types/qemu-11.1.gen.ts';

const PAGE_BYTES = 4096;
const DOWNTIME_MS = 2;
const SETUP_MS = 1;

/** How far a migration has got. */
export interface MigrationState {
  readonly totalBytes: number;
  readonly sentBytes: number;
  readonly bytesPerSecond: number;
  readonly elapsedMs: number;
  readonly downtimeLimitMs: number;
}

/** What QEMU tells of a migration that is under way. */
export function describeProgress(status: string, state: MigrationState): MigrationInfo {
  const ram = describeRam(state, 1);
  return {
    status,
    'total-time': state.elapsedMs,
    'expected-downtime': state.downtimeLimitMs,
    'setup-time': SETUP_MS,
    remaining: ram.remaining,
    ram,
  };
}

/** What QEMU tells of a migration that has come to its end. */
export function describeCompletion(state: MigrationState): MigrationInfo {
  return {
    status: 'completed',
    'total-time': state.elapsedMs,
    downtime: DOWNTIME_MS,
    'setup-time': SETUP_MS,
    ram: describeRam(state, 2),
  };
}

function describeRam({ totalBytes, sentBytes, bytesPerSecond }: MigrationState, rounds: number): MigrationRAMStats {
  const normal = Math.floor(sentBytes / PAGE_BYTES);
  return {
    total: totalBytes,
    transferred: sentBytes,
    remaining: totalBytes - sentBytes,
    duplicate: 0,
    normal,
    'normal-bytes': normal * PAGE_BYTES,
    'dirty-pages-rate': 0,
    mbps: (bytesPerSecond * 8) / 1_000_000,
    'dirty-sync-count': rounds,
    'postcopy-requests': 0,
    'page-size': PAGE_BYTES,
    'multifd-bytes': 0,
    'pages-per-second': Math.floor(bytesPerSecond / PAGE_BYTES),
    'precopy-bytes': sentBytes,
    'downtime-bytes': 0,
    'postcopy-bytes': 0,
    'dirty-sync-missed-zero-copy': 0,
  };
}
