import type { MigrationCapability, MigrationCapabilityStatus } from '../../../schema/types/qemu-11.1.gen.ts';

const ALL: readonly MigrationCapability[] = [
  ...(['xbzrle', 'rdma-pin-all', 'auto-converge', 'events', 'postcopy-ram', 'x-colo', 'release-ram'] as const),
  ...(['return-path', 'pause-before-switchover', 'multifd', 'dirty-bitmaps', 'postcopy-blocktime'] as const),
  ...(['late-block-activate', 'x-ignore-shared', 'validate-uuid', 'background-snapshot', 'zero-copy-send'] as const),
  ...(['postcopy-preempt', 'switchover-ack', 'dirty-limit', 'mapped-ram'] as const),
];

/** What of migration is switched on. */
export class MigrationCapabilities {
  readonly #enabled = new Set<MigrationCapability>();

  get all(): MigrationCapabilityStatus[] {
    return ALL.map((capability) => ({ capability, state: this.#enabled.has(capability) }));
  }

  has(capability: MigrationCapability): boolean {
    return this.#enabled.has(capability);
  }

  set(changes: readonly MigrationCapabilityStatus[]): void {
    for (const { capability, state } of changes) {
      if (state) this.#enabled.add(capability);
      else this.#enabled.delete(capability);
    }
  }
}
