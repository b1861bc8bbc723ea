/**
 * The commands and events of QEMU's storage daemon 10.0, with all types that they are made of: `QmpClient<StorageDaemon>`.
 *
 * @module
 */
import type { QapiModel } from '@qmp/qapi';
import { linkModel } from './link-model.ts';

export type * from './types/storage-daemon-10.0.gen.ts';

/** The schema at run time, to ask and to check against; loaded when it is called for. */
export function loadModel(): Promise<QapiModel> {
  return linkModel(import('./tables/storage-daemon-10.0.gen.ts'));
}
