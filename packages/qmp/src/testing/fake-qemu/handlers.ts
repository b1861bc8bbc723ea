import type { Qemu } from '../../schema/types/qemu-11.1.gen.ts';
import type { CommandHandlers } from '../../server/command-handler.ts';
import type { QmpServer } from '../../server/qmp-server.ts';

/** Some of QEMU's commands: what one part of the fake can do. */
export type Handlers = CommandHandlers<Qemu>;

/** Sends an event to all clients. */
export type Emit = QmpServer['emit'];
