import { describeCause } from '@qmp/protocol';

import { describeAddress, type ParsedAddress } from '../address/parsed-address.ts';
import { DialError } from '../errors/dial-error.ts';
import { systemErrorCode } from '../errors/system-error-code.ts';

/** Makes a sentence of the system's error. */
export async function dialFault(address: ParsedAddress, cause: unknown): Promise<DialError> {
  const code = await codeOf(address, cause);
  const hint = address.kind === 'abstract' && code === 'ECONNREFUSED' ? paddingHint() : '';
  return new DialError(`${sentence(address, code, cause)} (${code})${hint}`, {
    code,
    address: describeAddress(address),
    cause,
  });
}

/** Linux says ECONNREFUSED for a file that is no socket at all, where other systems say ENOTSOCK. */
async function codeOf(address: ParsedAddress, cause: unknown): Promise<string> {
  const code = systemErrorCode(cause);
  if (code !== 'ECONNREFUSED' || address.kind !== 'unix') return code;
  const { stat } = await import('node:fs/promises');
  const file = await stat(address.path).catch(() => undefined);
  return file === undefined || file.isSocket() ? code : 'ENOTSOCK';
}

function sentence(address: ParsedAddress, code: string, cause: unknown): string {
  const where = describeAddress(address);
  const place = address.kind === 'unix' ? address.path : 'host' in address ? address.host : where;
  switch (code) {
    case 'ENOENT':
      return `no such ${address.kind === 'pipe' ? 'named pipe' : 'socket file'}: ${place}`;
    case 'ENOTDIR':
      return `a file stands where a folder should be: ${place}`;
    case 'ECONNREFUSED':
      return `nobody listens at ${where}`;
    case 'EAGAIN':
      return `the listener's queue is full: another client holds ${where}`;
    case 'EACCES':
    case 'EPERM':
      return `permission denied for ${place}`;
    case 'ENOTSOCK':
      return `${place} is no socket`;
    case 'EPROTOTYPE':
      return `${place} is a socket of another type; expected a stream socket`;
    case 'ENOTFOUND':
      return `no such host: ${place}`;
    case 'EAI_AGAIN':
      return `no name server answers for the host ${place}`;
    case 'ETIMEDOUT':
      return `${where} does not answer`;
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return `no route to ${where}`;
    case 'ECONNRESET':
      return `${where} hung up at once`;
    default:
      return `cannot connect to ${where}: ${describeCause(cause)}`;
  }
}

/** Before libuv 1.48 (Node 20), names are filled up with NULs, which makes others of them than QEMU uses. */
function paddingHint(): string {
  const { uv, node } = process.versions;
  const [major = 0, minor = 0] = uv.split('.').map(Number);
  if (major > 1 || minor >= 48) return '';
  return `; Node ${node} pads abstract names with NULs, as QEMU does with tight=off only (Node 22 does not pad)`;
}
