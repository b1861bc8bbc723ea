import type { Connector, Logger } from '@qmp/protocol';
import type { QapiModel } from '@qmp/qapi';

import type { QapiSchema, VersionInfo } from '../schema/qapi-schema.ts';
import type { CommandHandlers, FallbackHandler } from './command-handler.ts';
import type { ServerClient } from './server-client.ts';

/** How a server is made. */
export interface QmpServerOptions<S extends QapiSchema> {
  /** What it can do. `qmp_capabilities`, and with a model `query-qmp-schema`, `query-commands` and `query-version`, are there already. */
  readonly handlers?: CommandHandlers<S> | undefined;
  /** Carries out every command that has no handler; without it such a command is not found. */
  readonly fallback?: FallbackHandler | undefined;
  /**
   * What it says of itself, and what arguments are checked against, with QEMU's own texts. Without one everything is
   * taken as it comes.
   */
  readonly model?: QapiModel | undefined;
  /** The version in its greeting; that of the model unless told otherwise. */
  readonly version?: VersionInfo | undefined;
  /** Whether it offers out-of-band execution; it does unless told otherwise. */
  readonly oob?: boolean | undefined;
  /** `one` lets the next client in when the one before has gone, as QEMU does; `many`, the default, serves all at once. */
  readonly clients?: 'many' | 'one' | undefined;
  /** Told of each client as it comes, before it has negotiated. */
  readonly onClient?: ((client: ServerClient) => void) | undefined;
  /** Several lines per message, as QEMU's `pretty=on`. */
  readonly pretty?: boolean | undefined;
  /** Rate limits for the events that QEMU limits; every event is sent at once unless told otherwise. */
  readonly limitsEventRates?: boolean | undefined;
  /** A client that has left more than this unread when an event comes is cut off; 16 MiB unless told otherwise. */
  readonly maxUnsentBytes?: number | undefined;
  /** The time for timestamps, in milliseconds since 1970, fractions count; `undefined` where there is no clock. */
  readonly now?: (() => number | undefined) | undefined;
  /** Its name in log records. */
  readonly name?: string | undefined;
  /** Where log records go; nowhere if left out. */
  readonly logger?: Logger | undefined;
  /** What turns addresses into listeners; the platform's unless told otherwise. */
  readonly connector?: Connector | undefined;
}
