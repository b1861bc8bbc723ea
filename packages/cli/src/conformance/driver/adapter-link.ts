/** Lines of JSON to and from an adapter: the program that has the client do what a rule says. */
export interface AdapterLink {
  /** What the adapter says; throws when it ends without having been told to, and says how. */
  readonly lines: AsyncIterable<string>;
  send(line: string): void;
  /** Resolves when the adapter is gone. */
  close(): Promise<void>;
}

/** Starts an adapter whose client is to connect to that address. */
export type StartAdapter = (address: string) => AdapterLink;
