/** How a client that has both hands over its events: to loops that read streams, or to functions that it calls. */
export type EventsBy = 'streams' | 'listeners';

/** What a client is made to do; one run of one client does it twice: to warm up, and to be measured. */
export interface Workload {
  readonly name: string;
  readonly kind: 'commands' | 'events' | 'connect' | 'idle' | 'unread';
  readonly peer: 'server' | 'qemu';
  readonly operations: number;
  readonly warmUpOperations: number;
  readonly inFlight: number;
  readonly eventsBy: EventsBy;
  readonly command: string;
  /** What Node is started with. */
  readonly nodeOptions: readonly string[];
}

/** What a run came to. */
export interface Measurement {
  readonly operations: number;
  readonly wallSeconds: number;
  /** User and system time of the whole process, its helper threads included. */
  readonly cpuSeconds: number;
  /** Where memory is what counts: by how much it grew. */
  readonly memoryBytes?: number;
  /** The part of it that is the JavaScript heap, array buffers included. */
  readonly heapBytes?: number;
  /** Where events are dropped on purpose: how many. */
  readonly lostEvents?: number;
}
