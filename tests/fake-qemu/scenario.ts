import type { JsonObject, JsonValue } from '@qmp/protocol/codecs';
import type { FakeQemuOptions } from 'qmp/testing';

/** What a guest does that no operating system makes it do; the same on both sides. */
export interface GuestHand {
  powersOff(): Promise<void>;
  resets(): Promise<void>;
  panics(): Promise<void>;
  sleeps(): Promise<void>;
  starvesWatchdog(): Promise<void>;
  /** It has so much in its memory that a migration takes its time. */
  fillsMemory(): Promise<void>;
  /** It lets a device go that is on the first PCI bus. */
  releases(device: { readonly id: string; readonly slot: number }): Promise<void>;
  /** It lets a memory module go, which is in the first slot. */
  releasesMemory(id: string): Promise<void>;
  /** Its balloon, which is in slot 5, leaves it so much. */
  keepsMemory(bytes: number): Promise<void>;
}

/** Where a scenario is played: on QEMU, or on its double. */
export interface Stage {
  /** Executes a command; gives what it returns, and undefined where it is refused. */
  execute(command: string, args?: JsonObject): Promise<JsonValue | undefined>;
  /** Waits for an event with those members, behind the one waited for last. */
  event(name: string, data?: JsonObject): Promise<void>;
  /** Waits until `query-status` says that, without writing it down. */
  status(status: string): Promise<void>;
  /** Waits until the machine has ended by itself. */
  ended(): Promise<void>;
  /** The path of a file in a folder that is empty in the beginning. */
  path(name: string): string;
  readonly guest: GuestHand;
  /** The double is told what QEMU would find out by itself: that a file cannot be opened or created. */
  cannotOpen(path: string, error: string): void;
  /** Likewise: that the medium of the next job of this type fails. */
  failsJob(type: 'backup', error: string): void;
  /** Likewise: that the other side of the next migration cannot be reached. */
  cannotMigrate(error: string): void;
}

/** The same commands and events, for QEMU and for its double. */
export interface Scenario {
  readonly name: string;
  /** What QEMU gets on its command line, beyond a PC with a graphics card. */
  readonly qemu?: readonly string[];
  /** The same for the double. */
  readonly fake?: FakeQemuOptions;
  play(stage: Stage): Promise<void>;
}
