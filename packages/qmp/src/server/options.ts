import type { Connector, DisconnectOptions, Logger } from '@qmp/protocol';
import type { QapiModel } from '@qmp/qapi';

import type { QapiSchema, VersionInfo } from '../schema/qapi-schema.ts';
import type { CommandHandlers, FallbackHandler } from './command-handler.ts';
import type { Clock } from './events/clock.ts';
import type { ServerClient } from './server-client.ts';

/** How a {@link QmpServer} is made. */
export interface QmpServerOptions<S extends QapiSchema> {
  /**
   * What it does for its clients. `qmp_capabilities` is the server's own business; `query-version`, `query-commands`
   * and, with a model, `query-qmp-schema` are there unless they are given.
   */
  readonly handlers?: CommandHandlers<S> | undefined;
  /** Carries out each command that has no handler; those that a model does not know are not found all the same. */
  readonly fallback?: FallbackHandler | undefined;
  /**
   * What it knows: arguments are checked against it, with QEMU's own texts, and it says what may be executed out of band.
   * Without one, handlers get arguments as they come, and each command may be executed out of band.
   */
  readonly model?: QapiModel | undefined;
  /** What its greeting says; the model's version unless told otherwise, as far as the model tells. */
  readonly version?: VersionInfo | undefined;
  /** Whether it offers out-of-band execution; true unless told otherwise. */
  readonly oob?: boolean | undefined;
  /**
   * `many` at once, unless told otherwise; with `one` the next has to wait, without a byte, until the one before has gone,
   * as with QEMU.
   */
  readonly clients?: 'many' | 'one' | undefined;
  /** Told of each client when it gets its greeting. */
  readonly onClient?: ((client: ServerClient) => void) | undefined;
  /** One member a line, as with QEMU's `pretty=on`. */
  readonly pretty?: boolean | undefined;
  /** Whether parse errors say where they are, as QEMU's do from 11.1 on; by the version unless told otherwise. */
  readonly errorPositions?: boolean | undefined;
  /** Whether events that QEMU sends once a second at most are held back here, too; false unless told otherwise. */
  readonly limitEventRates?: boolean | undefined;
  /**
   * A client that has left more than this unread when an event is to be sent is cut off; its commands wait from then on.
   * 16 MiB unless told otherwise; what the system holds for it does not count.
   */
  readonly maxUnsentBytes?: number | undefined;
  /** What events take their timestamps from; the system's unless told otherwise. */
  readonly clock?: Clock | undefined;
  /** Its name in log records. */
  readonly name?: string | undefined;
  /** Where log records go; nowhere if left out. */
  readonly logger?: Logger | undefined;
  /** What turns addresses into listeners; the platform's unless told otherwise. */
  readonly connector?: Connector | undefined;
}

/** How a server is closed: `graceMs` is the time for replies that are under way. */
export interface CloseOptions extends DisconnectOptions {}

/** The data of an event as a parameter list: required, optional or absent, as the schema says. */
export type EventParameters<D> = [D] extends [undefined]
  ? [data?: undefined]
  : undefined extends D
    ? [data?: D]
    : [data: D];
