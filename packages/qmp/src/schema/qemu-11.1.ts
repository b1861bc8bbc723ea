/**
 * The commands and events of QEMU 11.1, with all types that they are made of: `QmpClient<Qemu>`.
 *
 * @module
 */
import type { QapiModel } from '@qmp/qapi';
import { linkModel } from './link-model.ts';

export type * from './types/qemu-11.1.gen.ts';

/** The schema at run time, to ask and to check against; loaded when it is called for. */
export function loadModel(): Promise<QapiModel> {
  return linkModel(import('./tables/qemu-11.1.gen.ts'));
}
