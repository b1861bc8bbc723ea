import type { JsonValue } from '@qmp/protocol/codecs';
import type { AnySchema, VersionInfo } from 'qmp';
import { loadModel } from 'qmp/schema/qemu-11.1';
import { QmpServer } from 'qmp/server';

/** What a QEMU without a machine says, as far as the corpus asks. */
const RETURNS: { readonly [command: string]: JsonValue } = {
  'query-status': { status: 'running', running: true },
  'query-uuid': { UUID: '00000000-0000-0000-0000-000000000000' },
  'query-replay': { icount: 0, mode: 'none' },
  'query-vnc': { enabled: false },
  'query-target': { arch: 'x86_64' },
  'query-colo-status': { 'last-mode': 'none', mode: 'none', reason: 'none' },
  'query-display-options': { type: 'none' },
  'query-memory-size-summary': { 'base-memory': 0, 'plugged-memory': 0 },
  'query-xen-replication-status': { error: false },
  'query-current-machine': { 'wakeup-suspend-support': false },
  'query-yank': [{ type: 'chardev', id: 'compat_monitor0' }],
  'qom-get': 'container',
};

/** Those that return a list, of nothing. */
const EMPTY = new Set(
  ['block', 'jobs', 'block-jobs', 'named-block-nodes', 'iothreads', 'fdsets', 'mice', 'cpus-fast', 'pci', 'stats']
    .concat(['memory-devices', 'rx-filter', 'vnc-servers', 'tpm', 'memdev', 'blockstats', 'block-exports', 'audiodevs'])
    .concat(['vcpu-dirty-limit', 'pr-managers', 'cryptodev'])
    .map((name) => `query-${name}`)
    .concat('qom-list-types'),
);

/** Our server, as a double of the QEMU that the corpus is for. */
export async function corpusServer(version: VersionInfo): Promise<QmpServer<AnySchema>> {
  return new QmpServer<AnySchema>({
    model: await loadModel(),
    version,
    fallback: (_, { command }) => RETURNS[command] ?? (EMPTY.has(command) ? [] : {}),
  });
}
