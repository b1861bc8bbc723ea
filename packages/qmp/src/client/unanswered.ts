import { DisconnectedError, type SessionEnd } from '@qmp/protocol';
import { ExecInterruptedError } from '../errors/command-errors.ts';

/** The caller's patience ended, or the request could not be encoded when its turn came. */
interface GivenUp {
  readonly kind: 'given up';
  readonly reason: unknown;
}

/** Why a request has no reply: it was given up, or the session ended first. */
export class Unanswered {
  readonly #why: SessionEnd | GivenUp;

  constructor(why: SessionEnd | GivenUp) {
    this.#why = why;
  }

  /** What the caller is to throw; made here, in the caller's frame, so that the stack names the caller. */
  toError(command: string): unknown {
    const why = this.#why;
    switch (why.kind) {
      case 'given up':
        return why.reason;
      case 'lost':
        return new ExecInterruptedError(command, { cause: why.error });
      case 'aborted':
        return new ExecInterruptedError(command, { cause: why.reason });
      case 'disconnected':
        return new ExecInterruptedError(command, {
          cause: new DisconnectedError('The session ended as it was asked to'),
        });
    }
  }
}
