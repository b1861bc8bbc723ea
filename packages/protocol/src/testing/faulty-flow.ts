import { ignore } from '../wait/deferred.ts';
import { ByteFaults, type ByteStep } from './byte-faults.ts';
import type { Direction, FaultOptions } from './fault-options.ts';
import { CodecFramer } from './framer.ts';
import { JsonFramer } from './json-framer.ts';
import { MessageFaults, strikesMessages } from './message-faults.ts';

/** Where the bytes of a {@link FaultyFlow} go. */
export interface FlowEnd {
  /** Takes what passes; a promise holds back what follows. */
  readonly pass: (bytes: Uint8Array) => void | Promise<void>;
  /** The flow ends here, by a fault. */
  readonly stop: (fault: 'cut' | 'reset') => void;
}

/** One direction of a link, with its faults: bytes go in at once and come out, one after the other, in their time. */
export class FaultyFlow<M> {
  readonly #end: FlowEnd;
  readonly #bytes: ByteFaults;
  readonly #messages: MessageFaults<M> | undefined;
  readonly #delay: (() => Promise<void>) | undefined;
  /** All that came until now has passed. */
  #passed: Promise<void> = Promise.resolve();
  #state: 'open' | 'closed' = 'open';
  /** Ends the wait that is under way, if it is one for time. */
  #wake: (() => void) | undefined;

  constructor(options: FaultOptions<M>, direction: Direction, end: FlowEnd) {
    this.#end = end;
    this.#delay = options.delay;
    this.#bytes = new ByteFaults(options, direction);
    if (!strikesMessages(options)) return;
    // Without a codec M is JsonObject.
    const framer = options.codec === undefined ? new JsonFramer() : new CodecFramer(options.codec());
    this.#messages = new MessageFaults(options as FaultOptions<unknown>, direction, framer, (bytes) =>
      this.#enqueue(bytes),
    ) as MessageFaults<M>;
  }

  /** Whether something waits for time, or for ever. */
  get isHeldUp(): boolean {
    return this.#wake !== undefined;
  }

  /** Takes a chunk; settles when what passes at once has passed, and rejects when that fails. */
  push(chunk: Uint8Array): Promise<void> {
    if (this.#messages === undefined) this.#enqueue(chunk);
    else this.#messages.push(chunk);
    return this.#passed;
  }

  /** What is held back need not wait any longer: settles when all has passed. */
  flush(): Promise<void> {
    this.#messages?.end();
    return this.#passed;
  }

  /** Nothing passes any more, and nothing waits. */
  close(): void {
    this.#state = 'closed';
    this.#messages?.dispose();
    this.#wake?.();
  }

  #enqueue(bytes: Uint8Array): void {
    this.#passed = this.#pass(this.#passed, bytes);
    this.#passed.catch(ignore);
  }

  async #pass(earlier: Promise<void>, bytes: Uint8Array): Promise<void> {
    await earlier;
    // A fault ends the flow, and with it this loop; the plan behind it is not even made.
    for (const step of this.#bytes.take(bytes)) {
      if (this.#state === 'closed') return;
      await this.#carryOut(step);
    }
  }

  async #carryOut(step: ByteStep): Promise<void> {
    switch (step.kind) {
      case 'pass':
        await this.#delay?.();
        if (this.#state === 'open') await this.#end.pass(step.bytes);
        break;
      case 'delay':
        await this.#sleep(step.ms);
        break;
      case 'stall':
        await this.#sleep(Infinity);
        break;
      default:
        this.close();
        this.#end.stop(step.kind);
    }
  }

  /** Until so much time has passed, or the flow is closed. */
  #sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = () => {
        clearTimeout(timer);
        this.#wake = undefined;
        resolve();
      };
      const timer = ms === Infinity ? undefined : setTimeout(this.#wake, ms);
    });
  }
}
