import { QmpClient } from 'qmp';

// What a consumer's program is like; it means the same where the schema is not known.
const vm = await QmpClient.connect('/run/vm.sock');
const paused = vm.events.next('STOP');
await vm.execute('stop');
console.log(await paused, await vm.execute('query-status'), await vm.execute('query-block'));
await vm.execute('blockdev-add', { driver: 'qcow2', 'node-name': 'disk', file: { driver: 'file', filename: '/disk' } });
await vm.execute('device_add', { driver: 'virtio-blk-pci', id: 'disk0', drive: 'disk' });
await vm.execute('object-add', { 'qom-type': 'iothread', id: 'io0' });
await vm.execute('migrate', { uri: 'unix:/run/target.sock' });
for await (const event of vm.events.of('BLOCK_JOB_COMPLETED', 'JOB_STATUS_CHANGE')) console.log(event.data);
