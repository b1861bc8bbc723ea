import { command, type CorpusEntry, earlyEntries, entries, oobEntries } from './entry.ts';

/** JSON values of all sorts, each echoed as an id. */
const IDS = [
  ...['0', '-0', '-0.0', '0.0', '1.0', '1e3', '1E3', '1e+3', '1.5e-7', '0.1', '123456789.123456789', '1e15', '1e16'],
  ...['1e17', '1e18', '123456789012345678.0', '9007199254740993.0', '1e-4', '1e-5', '0.00012345', '1e308', '1e309'],
  ...[
    '-1e309',
    '1e-400',
    '-1e-400',
    '4.9e-324',
    '18446744073709551615',
    '18446744073709551616',
    '2.9802322387695312e-8',
  ],
  ...['-9223372036854775808', '-9223372036854775809', '9223372036854775808', '100000000000000000000', '3.0e0', '0.5'],
  ...['99999999999999999', '12345678901234567890123', '2.5', '100.25', '1e2', '123e-2', '9007199254740991', '0.3'],
  ...['9007199254740993', '-9007199254740993', '1e22', '1.7976931348623157e308', '5e-324', '6.02214076e23', '-1.5'],
  ...['null', 'true', 'false', '[]', '{}', '[[],{}]', '{"a":{},"b":[]}', '[1,2,3]', '{"":1}', '{"a":1.0,"b":[1e400]}'],
  ...['{"\xc3\xa9":1}', '{"\\u0000":1}', '{"\\u0000a":1,"\\u0000b":2}', '{"__proto__":1}', '{"10":1,"9":2,"a":3}'],
  ...['{"constructor":null,"toString":[]}', '[null,[true,[false]]]', '{"a":{"b":{"c":{"d":"e"}}}}'],
];

/** Strings, each echoed as an id. */
const STRINGS = [
  ...['""', '"x"', "'x'", "''", "'\"'", "'\\\"'", '"\'"', '"\\\'"', '"/\\/"', '"\\b\\f\\n\\r\\t"', '"\\\\"', '"\\""'],
  ...['"\x7f\\u0080\\u009f\\u00a0"', '"\\uD83D\\uDE00"', '"\\u00e9\\u00E9"', '"\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80"'],
  ...['"\\ufffd"', '"\xef\xbf\xbd"', '"\xc0\x80a\xc0\x80"', '"\xed\x9f\xbf"', '"\xee\x80\x80"', '"\xf4\x8f\xbf\xbd"'],
  ...[
    '"\\u0000\\u0001\\u001f\\u0020"',
    '"\xe2\x80\xa8\xe2\x80\xa9"',
    '"a\xcc\x88"',
    '"%p %d %s"',
    '"\xf0\x90\x80\x80"',
  ],
  ...['"\\uD834\\uDD1E\\u0041"', '"{}[]:,"', '"\\u005c\\u0022"', '"<script>&amp;"', '"\xdf\xbf\xe0\xa0\x80"'],
];

/** How a message may be written. */
const LAYOUTS = [
  '{"id":1,"execute":"query-name"}',
  "{'execute':'query-name','id':'q'}",
  ' \t\r\n {"execute" : "query-name" , "id" : [ 1 , 2 ] } \n',
  '{\n  "execute": "query-name",\n  "arguments": {\n  },\n  "id": {\n  }\n}\n',
  '{"execute":"query-name","id":1}{"execute":"query-name","id":2}\r\n{"execute":"query-name","id":3}',
  '{"execute":"query-name","arguments":{}}',
  '{"arguments":{},"id":"x","execute":"query-name"}',
  '{"exec\\u0075te":"query\\u002dname"}',
  '\n\n\n{"execute":"query-name"}',
  '{"execute":"query-name"}{"execute":"query-status"}{"execute":"query-uuid"}',
  `{"execute":"query-name","id":"${'x'.repeat(3_000)}"}`,
  `{"execute":"query-name","id":${'['.repeat(1_023)}${']'.repeat(1_023)}}`,
  `{"execute":"query-name","id":[${Array.from({ length: 500 }, (_, index) => index).join(',')}]}`,
];

const COMMANDS = [
  ...['query-name', 'query-status', 'query-uuid', 'query-block', 'query-jobs', 'query-block-jobs', 'query-iothreads'],
  ...['query-named-block-nodes', 'query-fdsets', 'query-mice', 'query-migrate', 'query-cpus-fast', 'query-pci'],
  ...['query-memory-devices', 'query-rx-filter', 'query-replay', 'query-vnc', 'query-vnc-servers', 'query-tpm'],
  ...['query-memdev', 'query-target', 'query-blockstats', 'query-block-exports', 'query-colo-status', 'query-version'],
  ...['query-display-options', 'query-audiodevs', 'query-vcpu-dirty-limit', 'query-memory-size-summary'],
  ...[
    'query-pr-managers',
    'query-xen-replication-status',
    'query-cryptodev',
    'query-current-machine',
    'migrate_cancel',
  ],
].map((name) => command(name));

/** Each with arguments that QEMU takes; what it makes of them is undone at once. */
const ARGUMENTS = [
  command('migrate-set-parameters', '{}'),
  ...['1', '99'].map((value) => command('migrate-set-parameters', `{"cpu-throttle-initial":${value}}`)),
  ...['0', '1000', '9007199254740993', '9223372036854775807'].map((value) =>
    command('migrate-set-parameters', `{"avail-switchover-bandwidth":${value}}`),
  ),
  ...['null', '""'].map((value) => command('migrate-set-parameters', `{"tls-creds":${value}}`)),
  command('migrate-set-parameters', '{"block-bitmap-mapping":[]}'),
  command('migrate-set-parameters', '{"block-bitmap-mapping":[{"node-name":"a","alias":"b","bitmaps":[]}]}'),
  command(
    'migrate-set-parameters',
    '{"block-bitmap-mapping":[{"node-name":"a","alias":"b","bitmaps":[{"name":"c","alias":"d","transform":{"persistent":true}}]}]}',
  ),
  command('migrate-set-parameters', '{"zero-page-detection":"legacy","multifd-channels":255}'),
  command('migrate-set-capabilities', '{"capabilities":[]}'),
  command('migrate-set-capabilities', '{"capabilities":[{"capability":"xbzrle","state":false}]}'),
  command(
    'migrate-set-capabilities',
    '{"capabilities":[{"state":false,"capability":"events"},{"capability":"xbzrle","state":false}]}',
  ),
  command('set-action', '{}'),
  command('set-action', '{"reboot":"reset","shutdown":"poweroff"}'),
  command('watchdog-set-action', '{"action":"none"}'),
  command('trace-event-set-state', '{"name":"qmp_*","enable":false}'),
  command('trace-event-set-state', '{"name":"qmp_*","enable":false,"ignore-unavailable":true}'),
  command('transaction', '{"actions":[]}'),
  command('transaction', '{"actions":[],"properties":{"completion-mode":"individual"}}'),
  command('yank', '{"instances":[]}'),
  command('xen-set-global-dirty-log', '{"enable":false}'),
  command('qom-list-types', '{"implements":"nothing"}'),
  command('qom-list-types', '{"implements":"nothing","abstract":true}'),
  command('qom-get', '{"path":"/","property":"type"}'),
  command('query-stats', '{"target":"vm"}'),
  command('query-stats', '{"target":"vm","providers":[]}'),
  ...[
    '"driver":"null-co"',
    '"driver":"null-co","size":1048576',
    '"driver":"null-co","size":0,"latency-ns":0,"read-zeroes":true',
    '"driver":"raw","cache":{"direct":false,"no-flush":true},"file":{"driver":"null-co"}',
    '"driver":"null-co","discard":"unmap","detect-zeroes":"off"',
    '"driver":"null-co","read-only":true,"auto-read-only":false,"force-share":false',
    '"driver":"raw","file":{"driver":"null-co"}',
    '"driver":"raw","file":{"driver":"null-co","size":4096},"offset":0,"size":512',
    '"driver":"raw","file":{"driver":"raw","file":{"driver":"null-co"}}',
    '"driver":"blkdebug","image":{"driver":"null-co"},"inject-error":[{"event":"none","errno":5,"once":true}]',
    '"driver":"blkdebug","image":{"driver":"null-co"},"set-state":[{"event":"l1_update","state":1,"new_state":2}]',
    '"driver":"quorum","vote-threshold":1,"children":[{"driver":"null-co"}]',
    '"driver":"quorum","vote-threshold":2,"children":[{"driver":"null-co"},{"driver":"null-co","size":1073741824}],"blkverify":false',
  ].map((options) => addAndRemove('blockdev', 'node-name', options)),
  ...[
    '"qom-type":"secret","data":"x"',
    '"qom-type":"iothread"',
    '"qom-type":"iothread","poll-max-ns":5,"aio-max-batch":0',
  ].map((options) => `${command('object-add', `{"id":"o",${options}}`)}${command('object-del', '{"id":"o"}')}`),
  ...['"type":"null","data":{}', '"type":"ringbuf","data":{"size":1024}', '"type":"ringbuf","data":{}'].map(
    (options) =>
      `${command('chardev-add', `{"id":"c","backend":{${options}}}`)}${command('chardev-remove', '{"id":"c"}')}`,
  ),
  ...['"type":"hubport","hubid":1', '"type":"hubport","hubid":-1'].map(
    (options) => `${command('netdev_add', `{"id":"u",${options}}`)}${command('netdev_del', '{"id":"u"}')}`,
  ),
];

function addAndRemove(what: string, id: string, options: string): string {
  return `${command(`${what}-add`, `{"${id}":"n",${options}}`)}${command(`${what}-del`, `{"${id}":"n"}`)}`;
}

/** What QEMU answers with a return, and perhaps with more. */
export const validEntries: readonly CorpusEntry[] = [
  ...entries(...[...IDS, ...STRINGS].map((id) => `{"execute":"query-name","id":${id}}`)),
  ...entries(...LAYOUTS, ...COMMANDS, ...ARGUMENTS),
  ...oobEntries(
    '{"exec-oob":"query-yank","id":1}',
    '{"exec-oob":"query-yank"}',
    '{"execute":"query-yank","id":2}',
    '{"arguments":{},"exec-oob":"query-yank","id":{"a":"b"}}',
    '{"exec-oob":"yank","arguments":{"instances":[]},"id":null}',
    '{"execute":"query-name","id":1}{"execute":"query-name","id":2}',
  ),
  ...earlyEntries(
    '{"execute":"qmp_capabilities"}',
    '{"execute":"qmp_capabilities","id":1}{"execute":"query-name","id":2}',
    '{"execute":"qmp_capabilities","arguments":{}}',
    '{"execute":"qmp_capabilities","arguments":{"enable":[]}}',
    '{"execute":"qmp_capabilities","arguments":{"enable":["oob"]}}{"exec-oob":"query-yank","id":1}',
    '{"execute":"qmp_capabilities","arguments":{"enable":["oob","oob"]}}{"exec-oob":"query-yank","id":1}',
  ),
];
