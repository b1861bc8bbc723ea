import { textOf } from '../bytes-of.test-kit.ts';
import type { Transport } from '../transport/transport.ts';
import type { Fault, FaultOptions } from './fault-options.ts';
import { faulty } from './faulty.ts';
import { type MemoryTransport, transportPair } from './transport-pair.ts';

/** Three messages, with what may stand around them. */
export const STREAM = '{"n":1}\r\n{"n":2}\r\n{"n":3}\r\n';

/** A pair whose near end is faulty, and read. */
export interface Link {
  readonly near: Transport;
  readonly far: MemoryTransport;
  /** What has arrived at the near end, chunk by chunk. */
  readonly arrived: string[];
  readonly faults: Fault[];
  /** How reading the near end comes to its end. */
  readonly ended: Promise<unknown>;
}

/** Makes one. */
export function link<M>(options: FaultOptions<M>): Link {
  const [inner, far] = transportPair();
  const faults: Fault[] = [];
  const near = faulty(inner, { ...options, onFault: (fault) => faults.push(fault) });
  const arrived: string[] = [];
  const read = async (): Promise<string> => {
    for await (const chunk of near.readable) arrived.push(textOf(chunk));
    return 'the end';
  };
  return { near, far, arrived, faults, ended: read().catch((error: unknown) => error) };
}
