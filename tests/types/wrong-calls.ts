/** A call that the compiler has to refuse. */
interface WrongCall {
  readonly title: string;
  readonly call: string;
}

/** Mistakes that people make. */
export const wrongCalls: readonly WrongCall[] = [
  { title: 'A command that does not exist', call: `void vm.execute('query-statu');` },
  { title: 'A command of the guest agent, sent to QEMU', call: `void vm.execute('guest-ping');` },
  { title: 'A command whose name only exists at run time', call: `void vm.execute('query-block' as string);` },
  { title: 'No arguments where some are required', call: `void vm.execute('block_resize');` },
  { title: 'An argument that is missing', call: `void vm.execute('block_resize', { 'node-name': 'disk' });` },
  { title: 'An argument that does not exist', call: `void vm.execute('block_resize', { size: 1, force: true });` },
  { title: 'An argument that is misspelt', call: `void vm.execute('migrate', { url: 'tcp:host:4444' });` },
  {
    title: 'An argument that is spelt as TypeScript would',
    call: `void vm.execute('block_resize', { nodeName: 'disk', size: 1 });`,
  },
  { title: 'Arguments for a command that takes none', call: `void vm.execute('query-status', { verbose: true });` },
  { title: 'Options where the arguments belong', call: `void vm.execute('query-status', { timeoutMs: 500 });` },
  { title: 'Text for an integer', call: `void vm.execute('block_resize', { size: '1G' });` },
  {
    title: 'A bigint for an integer of 32 bits',
    call: `void vm.execute('blockdev-add', { driver: 'copy-before-write', file: 'a', target: 'b', 'cbw-timeout': 5n });`,
  },
  { title: 'A number for a boolean', call: `void vm.execute('block-job-cancel', { device: 'job0', force: 1 });` },
  { title: 'null for what may be left out', call: `void vm.execute('block_resize', { device: null, size: 1 });` },
  {
    title: 'A value that an enum does not have',
    call: `void vm.execute('drive-mirror', { device: 'd', target: '/x', sync: 'all' });`,
  },
  {
    title: 'A driver that is misspelt',
    call: `void vm.execute('blockdev-add', { driver: 'nul-co', 'node-name': 'disk' });`,
  },
  {
    title: 'A branch without its tag',
    call: `void vm.execute('blockdev-add', { 'node-name': 'disk', filename: '/x' });`,
  },
  {
    title: 'A branch without a member that it requires',
    call: `void vm.execute('blockdev-add', { driver: 'file', 'node-name': 'disk' });`,
  },
  {
    title: 'A member of another branch',
    call: `void vm.execute('blockdev-add', { driver: 'null-co', 'node-name': 'disk', filename: '/x' });`,
  },
  {
    title: 'A member of a branch that is misspelt',
    call: `void vm.execute('blockdev-add', { driver: 'file', 'node-name': 'disk', filenam: '/x' });`,
  },
  {
    title: 'A wrong driver, one level down',
    call: `void vm.execute('blockdev-add', { driver: 'qcow2', file: { driver: 'fil', filename: '/x' } });`,
  },
  {
    title: 'A missing member, one level down',
    call: `void vm.execute('blockdev-add', { driver: 'qcow2', file: { driver: 'file' } });`,
  },
  {
    title: 'Something that an alternate does not take',
    call: `void vm.execute('blockdev-add', { driver: 'qcow2', file: 7 });`,
  },
  {
    title: 'A backend without its data',
    call: `void vm.execute('chardev-add', { id: 'c', backend: { type: 'socket' } });`,
  },
  {
    title: 'A member too deep to see',
    call: `void vm.execute('chardev-add', { id: 'c', backend: { type: 'socket', data: { addr: { type: 'inet', data: { host: 'h', prt: '1' } } } } });`,
  },
  {
    title: 'A wrong element of a list',
    call: `void vm.execute('migrate-set-capabilities', { capabilities: [{ capability: 'xbzrl', state: true }] });`,
  },
  { title: 'A list for a single value', call: `void vm.execute('device_del', { id: ['disk0', 'disk1'] });` },
  {
    title: 'A property that a device requires of all devices',
    call: `void vm.execute('device_add', { id: 'disk0', drive: 'disk' });`,
  },
  {
    title: 'An object of a type that is misspelt',
    call: `void vm.execute('object-add', { 'qom-type': 'iothred', id: 'io0' });`,
  },
  {
    title: 'A network backend of a type that is misspelt',
    call: `void vm.execute('netdev_add', { type: 'usr', id: 'n0' });`,
  },
  {
    title: 'An action of a transaction with the data of another one',
    call: `void vm.execute('transaction', { actions: [{ type: 'blockdev-snapshot', data: { device: 'd' } }] });`,
  },
  {
    title: 'A member of a reply that is misspelt',
    call: `void vm.execute('query-status').then((status) => status.runing);`,
  },
  {
    title: 'A member of a reply before its branch is known',
    call: `void vm.execute('query-block-jobs').then(([job]) => job?.['actively-synced']);`,
  },
  {
    title: 'Arithmetic with an integer that may be a bigint',
    call: `void vm.execute('query-named-block-nodes').then(([node]) => (node?.image['virtual-size'] ?? 0) / 1024);`,
  },
  { title: 'A reply taken for something else', call: `const name: string = await vm.execute('query-name');` },
  { title: 'An event that does not exist', call: `void vm.events.next('STOPPED');` },
  {
    title: 'An event that does not exist, among others',
    call: `for await (const event of vm.events.of('STOP', 'RESUMED')) console.log(event);`,
  },
  { title: 'A member of an event that does not exist', call: `vm.events.on('SHUTDOWN', ({ data }) => data.cause);` },
  { title: 'Data of an event that has none', call: `vm.events.on('STOP', ({ data }) => data.reason);` },
  {
    title: 'A member of an event before it is known which one it is',
    call: `for await (const event of vm.events.of('SHUTDOWN', 'RTC_CHANGE')) console.log(event.data.guest);`,
  },
  { title: 'A wrong argument of the guest agent', call: `void agent.execute('guest-file-read', { handle: 'h' });` },
];
