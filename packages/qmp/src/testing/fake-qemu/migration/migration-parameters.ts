import type {
  MigrationParameters as Settings,
  MigrationParametersOutput as SettingsOutput,
} from '../../../schema/types/qemu-11.1.gen.ts';
import { genericError } from '../errors.ts';

const DEFAULTS: SettingsOutput = {
  'announce-initial': 50,
  'announce-max': 550,
  'announce-rounds': 5,
  'announce-step': 100,
  'throttle-trigger-threshold': 50,
  'cpu-throttle-initial': 20,
  'cpu-throttle-increment': 10,
  'cpu-throttle-tailslow': false,
  'max-cpu-throttle': 99,
  'tls-creds': '',
  'tls-hostname': '',
  'tls-authz': '',
  'max-bandwidth': 128 * 2 ** 20,
  'avail-switchover-bandwidth': 0,
  'max-postcopy-bandwidth': 0,
  'downtime-limit': 300,
  'x-checkpoint-delay': 20_000,
  'multifd-channels': 2,
  'multifd-compression': 'none',
  'multifd-zlib-level': 1,
  'multifd-qatzip-level': 1,
  'multifd-zstd-level': 1,
  'xbzrle-cache-size': 64 * 2 ** 20,
  'x-vcpu-dirty-limit-period': 1000,
  'vcpu-dirty-limit': 1,
  mode: 'normal',
  'zero-page-detection': 'multifd',
  'direct-io': false,
  'x-rdma-chunk-size': 2 ** 20,
  'cpr-exec-command': [],
};

/** What QEMU says of values that do not do. */
const LIMITS: readonly (readonly [name: keyof Settings, least: number, most: number, sentence: string])[] = [
  ['downtime-limit', 0, 2_000_000, 'an integer in the range of 0 to (2000 * 1000) ms'],
  ['multifd-channels', 1, 255, 'a value between 1 and 255'],
  ['cpu-throttle-initial', 1, 99, 'an integer in the range of 1 to 99'],
  ['cpu-throttle-increment', 1, 99, 'an integer in the range of 1 to 99'],
];

/** As fast as a link without a limit is. */
const FASTEST_BYTES_PER_SECOND = 2 ** 30;

/** How migration is done. */
export class MigrationParameters {
  #settings = DEFAULTS;

  get all(): SettingsOutput {
    return this.#settings;
  }

  get bytesPerSecond(): number {
    const limit = Number(this.#settings['max-bandwidth'] ?? 0);
    return limit === 0 ? FASTEST_BYTES_PER_SECOND : Math.min(limit, FASTEST_BYTES_PER_SECOND);
  }

  /** @throws CommandError for a value that does not do. */
  set(changes: Settings): void {
    for (const [name, least, most, sentence] of LIMITS) {
      const value = changes[name];
      if (value === undefined || (Number(value) >= least && Number(value) <= most)) continue;
      throw genericError(`Option ${name} expects ${sentence}`);
    }
    const given = Object.entries(changes).filter(([, value]) => value !== undefined);
    this.#settings = { ...this.#settings, ...(Object.fromEntries(given) as SettingsOutput) };
  }
}
