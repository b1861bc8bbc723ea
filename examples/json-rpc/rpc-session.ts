import { DisconnectedError, type SessionEnd } from '@qmp/protocol';
import { IncomingRequests } from './incoming-requests.ts';
import { OutgoingRequests } from './outgoing-requests.ts';

/** What belongs to one session, and is of no use in the next: the requests in both directions. */
export class RpcSession {
  readonly outgoing: OutgoingRequests = new OutgoingRequests();
  readonly incoming: IncomingRequests = new IncomingRequests();
  #state: 'open' | 'over' = 'open';

  get isOpen(): boolean {
    return this.#state === 'open';
  }

  /** Nobody will be answered any more, on either side. */
  end(end: SessionEnd): void {
    this.#state = 'over';
    this.outgoing.end(end);
    this.incoming.end(causeOf(end));
  }
}

/** What those who still wait for something of a session get as the cause. */
export function causeOf(end: SessionEnd): unknown {
  switch (end.kind) {
    case 'lost':
      return end.error;
    case 'aborted':
      return end.reason;
    case 'disconnected':
      return new DisconnectedError('The session ended as it was asked to');
  }
}
