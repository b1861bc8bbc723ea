import type { MigrateArguments, SocketAddressOutput } from '../../../schema/types/qemu-11.1.gen.ts';
import { genericError } from '../errors.ts';

const PROTOCOL = /^(?:tcp|unix|vsock|exec|fd|file|rdma):/;

/** @throws CommandError where it is not said whereto, or in no way that QEMU knows. */
export function checkAddress({ uri, channels }: Pick<MigrateArguments, 'uri' | 'channels'>): void {
  if (uri === undefined && channels === undefined) throw genericError("need either 'uri' or 'channels' argument");
  if (uri !== undefined && channels !== undefined) {
    throw genericError(
      "'uri' and 'channels' arguments are mutually exclusive; exactly one of the two should be present in 'migrate' qmp command ",
    );
  }
  if (uri !== undefined && !PROTOCOL.test(uri)) throw genericError(`unknown migration protocol: ${uri}`);
}

/** Where a machine listens that awaits another one. */
export function socketAddresses(uri: string | undefined): readonly SocketAddressOutput[] {
  const [, protocol, address = ''] = /^(unix|tcp):(.*)$/.exec(uri ?? '') ?? [];
  if (protocol === 'unix') return [{ type: 'unix', path: address }];
  if (protocol !== 'tcp') return [];
  const at = address.lastIndexOf(':');
  return [{ type: 'inet', host: address.slice(0, at), port: address.slice(at + 1) }];
}
