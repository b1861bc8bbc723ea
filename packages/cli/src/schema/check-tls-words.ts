import { firstTlsWord, type TlsWords } from '../arguments/tls-words.ts';
import { UsageError } from '../arguments/usage-error.ts';
import type { SchemaSource } from './schema-source.ts';

/** @throws UsageError for options about TLS where nothing is to be connected to. */
export function checkTlsWords(words: TlsWords, sources: readonly SchemaSource[]): void {
  const first = firstTlsWord(words);
  if (first === undefined || sources.some(({ kind }) => kind === 'live')) return;
  throw new UsageError(`${first} goes with the address of a QEMU that runs; expected one such as tls:vm.example:4444`);
}
