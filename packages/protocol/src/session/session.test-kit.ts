import { type MemoryTransport, transportPair } from '../testing/transport-pair.ts';
import { ChatCodec } from './chat-codec.test-kit.ts';
import { Session, type SessionOwner } from './session.ts';

/** Writes down what a session tells its owner. */
export class Owner implements SessionOwner<string> {
  readonly heard: string[] = [];
  readonly failures: Error[] = [];
  deliver = (line: string): void | Promise<void> => {
    this.heard.push(line);
  };
  onFailure = (error: Error): void => {
    this.failures.push(error);
  };
}

/** A session of lines on a new wire. */
export function open(owner: Owner = new Owner()): {
  readonly session: Session<string, string>;
  readonly owner: Owner;
  readonly near: MemoryTransport;
  readonly far: MemoryTransport;
} {
  const [near, far] = transportPair();
  return { session: new Session(near, new ChatCodec(), owner), owner, near, far };
}
