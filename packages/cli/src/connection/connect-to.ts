import { type Address, AddressError, type CallOptions } from '@qmp/protocol';
import type { AnySchema, QmpClient } from 'qmp';

import type { Target } from '../arguments/take-address.ts';
import { firstTlsWord, type TlsWords } from '../arguments/tls-words.ts';
import { UsageError } from '../arguments/usage-error.ts';

/**
 * Connects a client to the QEMU that is meant, in the way that the options about TLS say.
 *
 * @throws UsageError for an address that cannot be used; Error for a file that cannot; otherwise as
 *   `QmpClient.connect`.
 */
export async function connectTo(
  client: QmpClient<AnySchema>,
  target: Target,
  tlsWords: TlsWords,
  options: CallOptions,
): Promise<void> {
  try {
    await client.connect(await withTls(target.address, tlsWords), options);
  } catch (error) {
    if (!(error instanceof AddressError)) throw error;
    const origin = target.source === 'QMP_SOCKET' ? 'QMP_SOCKET is no address: ' : '';
    throw new UsageError(origin + error.message, { cause: error });
  }
}

/** Files are for those who name some: starting up is most of what `exec` does. */
async function withTls(address: string, words: TlsWords): Promise<Address> {
  const first = firstTlsWord(words);
  if (first === undefined) return address;
  const { tlsAddress } = await import('./tls-address.ts');
  return await tlsAddress(address, words, first);
}
