import { AddressError, type CallOptions } from '@qmp/protocol';
import type { QmpClient } from 'qmp';

import type { Target } from '../arguments/take-address.ts';
import { UsageError } from '../arguments/usage-error.ts';

/**
 * Connects a client to the QEMU that is meant.
 *
 * @throws UsageError for an address that cannot be used; otherwise as `QmpClient.connect`.
 */
export async function connectTo(client: QmpClient, target: Target, options: CallOptions): Promise<void> {
  try {
    await client.connect(target.address, options);
  } catch (error) {
    if (!(error instanceof AddressError)) throw error;
    const origin = target.source === 'QMP_SOCKET' ? 'QMP_SOCKET is no address: ' : '';
    throw new UsageError(origin + error.message, { cause: error });
  }
}
