import type { JsonValue } from '@qmp/protocol/codecs';
import { expectTypeOf } from 'vitest';
import type { QmpClient } from '../client/qmp-client.ts';
import type { Events } from '../events/events.ts';
import type { Empty, Int64, Unlisted } from './basic-types.ts';
import type { AnyEvent, QmpEvent } from './qapi-schema.ts';
import type {
  BlockdevOptions,
  BlockdevOptionsQcow2,
  BlockStatsSpecificNvme,
  Qemu,
  RunState,
  SetPasswordOptions,
  SocketAddress,
  SocketAddressOutput,
  StatusInfo,
} from './qemu-11.1.ts';
import type { Qemu as Qemu72 } from './qemu-7.2.ts';
import type { StorageDaemon } from './storage-daemon-10.0.ts';
import type { GuestAgent } from './guest-agent-11.1.ts';

// Compiled, never run.

declare const vm: QmpClient;
declare const old: QmpClient<Qemu72>;
declare const daemon: QmpClient<StorageDaemon>;
declare const agent: QmpClient<GuestAgent>;

// The schema of the newest QEMU is the default.
expectTypeOf(vm.events).toEqualTypeOf<Events<Qemu>>();
expectTypeOf(vm.execute('query-status')).resolves.toEqualTypeOf<StatusInfo>();
expectTypeOf(vm.execute('stop')).resolves.toEqualTypeOf<Empty>();
expectTypeOf(vm.execute('human-monitor-command', { 'command-line': 'info status' })).resolves.toEqualTypeOf<string>();
expectTypeOf(vm.execute('qom-get', { path: '/machine', property: 'type' })).resolves.toEqualTypeOf<JsonValue>();
// @ts-expect-error no such command
void vm.execute('query-statu');
// @ts-expect-error its arguments are required
void vm.execute('human-monitor-command');
// @ts-expect-error it takes none
void vm.execute('query-version', { verbose: true });

// Integers: 64 bits wide or not, both ways.
expectTypeOf<Int64>().toEqualTypeOf<number | bigint>();
void vm.execute('block_resize', { 'node-name': 'disk', size: 2n ** 40n });
void vm.execute('block_resize', { 'node-name': 'disk', size: 1024 });
// @ts-expect-error text is no integer
void vm.execute('block_resize', { 'node-name': 'disk', size: '1024' });
// @ts-expect-error a port of 32 bits is no bigint
void vm.execute('cxl-inject-uncorrectable-errors', { path: '/', errors: [{ type: 'internal', header: [1n] }] });

// What is left out may be undefined.
void vm.execute('block_resize', { device: undefined, 'node-name': 'disk', size: 1024 });

// Branches: their own members, and no others.
void vm.execute('blockdev-add', { driver: 'file', 'node-name': 'disk', filename: '/tmp/disk.img' });
void vm.execute('blockdev-add', { driver: 'qcow2', 'node-name': 'top', file: { driver: 'file', filename: '/x' } });
void vm.execute('blockdev-add', { driver: 'qcow2', 'node-name': 'top', file: 'disk', backing: null });
// @ts-expect-error `filename` is missing
void vm.execute('blockdev-add', { driver: 'file', 'node-name': 'disk' });
// @ts-expect-error `filename` is none of its members
void vm.execute('blockdev-add', { driver: 'null-co', 'node-name': 'disk', filename: '/tmp/disk.img' });
// @ts-expect-error no such driver
void vm.execute('blockdev-add', { driver: 'qcow3', file: 'disk' });
expectTypeOf<Extract<BlockdevOptions, { driver: 'qcow2' }>>().toEqualTypeOf<BlockdevOptionsQcow2>();
// A value of the tag that has no branch brings no members.
void vm.execute('set_password', { protocol: 'spice', password: 'x' });
expectTypeOf<SetPasswordOptions['protocol']>().toEqualTypeOf<'vnc' | 'spice'>();

// Devices have members of their own, which no schema lists.
void vm.execute('device_add', { driver: 'virtio-blk-pci', id: 'disk0', drive: 'disk', 'num-queues': 4 });
// @ts-expect-error `driver` is missing
void vm.execute('device_add', { id: 'disk0' });

// Replies are open: a newer server has more to say.
expectTypeOf<StatusInfo['status']>().toEqualTypeOf<RunState>();
expectTypeOf<string>().toExtend<RunState>();
async function openReplies(): Promise<void> {
  const { status } = await vm.execute('query-status');
  if (status === 'paused' || status === 'of-the-future') void vm.execute('cont');
  for (const { 'driver-specific': specific } of await vm.execute('query-blockstats')) {
    if (specific?.driver === 'nvme') expectTypeOf(specific).toEqualTypeOf<BlockStatsSpecificNvme>();
    // @ts-expect-error which driver it is has not been asked
    void specific?.['completion-errors'];
    if (specific === undefined) continue;
    switch (specific.driver) {
      case 'file':
        expectTypeOf(specific['discard-nb-ok']).toEqualTypeOf<Int64>();
        break;
      case 'nvme':
        break;
      default:
        expectTypeOf(specific.driver).toExtend<string>();
        expectTypeOf<Unlisted>().toExtend<typeof specific.driver>();
    }
  }
}
expectTypeOf(openReplies).returns.toEqualTypeOf<Promise<void>>();

// A type that goes both ways is exact where it is sent.
expectTypeOf<SocketAddress['type']>().toEqualTypeOf<'inet' | 'unix' | 'vsock' | 'fd'>();
expectTypeOf<SocketAddress>().toExtend<SocketAddressOutput>();
expectTypeOf<SocketAddressOutput>().not.toExtend<SocketAddress>();

// Events.
expectTypeOf(vm.events.next('STOP')).resolves.toEqualTypeOf<QmpEvent<'STOP', undefined>>();
vm.events.on('BLOCK_JOB_COMPLETED', ({ data }) => {
  expectTypeOf(data.device).toEqualTypeOf<string>();
  expectTypeOf(data.offset).toEqualTypeOf<Int64>();
  expectTypeOf(data.error).toEqualTypeOf<string | undefined>();
});
vm.events.on([], (event: AnyEvent<Qemu>) => {
  if (event.event === 'SHUTDOWN') expectTypeOf(event.data.guest).toEqualTypeOf<boolean>();
});
// @ts-expect-error no such event
void vm.events.next('STOPPED');

// Other versions, and other programs.
expectTypeOf(old.execute('query-status')).resolves.toHaveProperty('singlestep').toEqualTypeOf<boolean>();
// @ts-expect-error of 10.2
void old.execute('query-accelerators');
expectTypeOf(daemon.execute('query-block-exports')).resolves.toExtend<readonly { readonly id: string }[]>();
// @ts-expect-error it has no machine
void daemon.execute('query-status');
expectTypeOf(agent.execute('guest-get-time')).resolves.toEqualTypeOf<Int64>();
expectTypeOf(agent.execute('guest-fsfreeze-status')).resolves.toExtend<string>();
// @ts-expect-error `path` is missing
void agent.execute('guest-file-open', { mode: 'r' });
// @ts-expect-error an agent has no events
void agent.events.next('STOP');
