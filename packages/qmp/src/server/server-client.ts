import type { SessionEnd } from '@qmp/protocol';

/** A client of a server, as the server's user sees it. */
export interface ServerClient {
  /** Where it came from: `unix:/run/vm.sock`, `tcp:127.0.0.1:40123`. */
  readonly peer: string | undefined;
  /** Whether it has negotiated: only then may it execute commands, and only then it gets events. */
  readonly hasNegotiated: boolean;
  /** What it has enabled, such as `oob`. */
  readonly capabilities: readonly string[];
  /** How its session ends. Never rejects. */
  readonly closed: Promise<SessionEnd>;
  /** Hangs up on it, after what was sent has left; that may take `graceMs`, 5,000 unless told otherwise. */
  disconnect(options?: { readonly graceMs?: number | undefined }): Promise<void>;
  /** Hangs up on it now. */
  abort(reason?: unknown): void;
}
