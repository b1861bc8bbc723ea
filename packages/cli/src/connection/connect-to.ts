import type { CallOptions } from '@qmp/protocol';
import type { AnySchema, QmpClient } from 'qmp';

import type { Target } from '../arguments/take-address.ts';
import type { TlsWords } from '../arguments/tls-words.ts';
import { asUsageError, targetAddress } from './target-address.ts';

/**
 * Connects a client to the QEMU that is meant, in the way that the options about TLS say.
 *
 * @throws UsageError for an address that cannot be used; Error for a file that cannot; otherwise as
 *   `QmpClient.connect`.
 */
export async function connectTo(
  client: QmpClient<AnySchema>,
  target: Pick<Target, 'address' | 'source'>,
  tlsWords: TlsWords,
  options: CallOptions,
): Promise<void> {
  try {
    await client.connect(await targetAddress(target, tlsWords), options);
  } catch (error) {
    throw asUsageError(error, target);
  }
}
