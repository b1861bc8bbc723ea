import { type Address, AddressError } from '@qmp/protocol';

import type { Target } from '../arguments/take-address.ts';
import { firstTlsWord, type TlsWords } from '../arguments/tls-words.ts';
import { UsageError } from '../arguments/usage-error.ts';

/**
 * The address of the QEMU that is meant, with what the command line says about TLS. Files are for those who name some:
 * starting up is most of what `exec` does.
 *
 * @throws UsageError for options that do not go with the address; Error for a file that cannot be used; AddressError.
 */
export async function targetAddress({ address }: Pick<Target, 'address'>, words: TlsWords): Promise<Address> {
  const first = firstTlsWord(words);
  if (first === undefined) return address;
  const { tlsAddress } = await import('./tls-address.ts');
  return await tlsAddress(address, words, first);
}

/** An address that cannot be used is wrong usage; what else went wrong stays what it was. */
export function asUsageError(error: unknown, { source }: Pick<Target, 'source'>): unknown {
  if (!(error instanceof AddressError)) return error;
  const origin = source === 'QMP_SOCKET' ? 'QMP_SOCKET is no address: ' : '';
  return new UsageError(origin + error.message, { cause: error });
}
