import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';

import { describeCause } from '@qmp/protocol';

import { describeAddress, type ParsedAddress } from '../address/parsed-address.ts';
import { ListenError } from '../errors/listen-error.ts';
import { systemErrorCode } from '../errors/system-error-code.ts';

/** Makes a sentence of the system's error. */
export async function listenFault(address: ParsedAddress, cause: unknown): Promise<ListenError> {
  const code = await codeOf(address, cause);
  return new ListenError(`${sentence(address, code, cause)} (${code})`, {
    code,
    address: describeAddress(address),
    cause,
  });
}

/** Node says EACCES where the folder of a socket file is missing. */
async function codeOf(address: ParsedAddress, cause: unknown): Promise<string> {
  const code = systemErrorCode(cause);
  if (code !== 'EACCES' || address.kind !== 'unix') return code;
  return await stat(dirname(address.path)).then(() => code, systemErrorCode);
}

function sentence(address: ParsedAddress, code: string, cause: unknown): string {
  const where = describeAddress(address);
  switch (code) {
    case 'EADDRINUSE':
      return `somebody else listens at ${where} already`;
    case 'EADDRNOTAVAIL':
      return `this machine has no address for ${where}`;
    case 'EACCES':
    case 'EPERM':
      return `permission denied to listen at ${where}`;
    case 'ENOENT':
      return `no such folder for the socket file of ${where}`;
    case 'ENOTDIR':
      return `a file stands where a folder should be: ${where}`;
    case 'ENOTFOUND':
      return `no such host: ${where}`;
    default:
      return `cannot listen at ${where}: ${describeCause(cause)}`;
  }
}
