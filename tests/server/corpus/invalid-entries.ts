import { command, type CorpusEntry, earlyEntries, entries, oobEntries } from './entry.ts';

const VALID = '{"execute":"query-name"}';

/** What is no token, or the end of none. */
const TOKENS = [
  ...['\xff', '\0', '\x01', '\xfe', '\x0b', '\x0c', '\x7f', '/', '//x\n', '*', '#', '~', '`', '\\', '@', '(', ';', '='],
  ...['<', '$', '%', '%p', '%s ', '%lld ', '_ ', '.5 ', '+1 ', '-', '-a', '--1 ', '-\n', '-"a"', '-nan ', '-infinity '],
  ...['01 ', '00 ', '-01 ', '1.', '1.a ', '1..2 ', '1.0.0 ', '1.e3 ', '0.e1 ', '1e ', '1e+ ', '1e-', '1e5.5 ', '0x10 '],
  ...['0e1 ', '1_000 ', '1+1 ', '1a ', '1-2 ', '1true ', '1"b"', '1\xff', '1\x01', '1\xc3\xa9\n', 'TRUE ', 'nul '],
  ...[
    'nullx ',
    'truefalse ',
    'true1 ',
    'tru',
    'tr\x01',
    'tr\xc3\xa9 ',
    'nan ',
    'infinity ',
    'foo ',
    'foo bar ',
    'a-b ',
  ],
  ...[
    'a_b ',
    'aN',
    'N N ',
    'N\n1 ',
    'N\t1 ',
    'N\r1 ',
    'NN,1 ',
    'N"abc"',
    'N[1]',
    "N'a,b'\n",
    'N\x01',
    'N\xf0',
    '\xc3\xa9 ',
  ],
  ...['\xef\xbb\xbf{}', '\xff\xff\xff', '\x01\x02', '{\xff', `{\x01${VALID}`, '[1,2\xff', '1.{}', '-{}', '1e-{}'],
];

/** Strings that end too early, or hold what none may hold. */
const STRINGS = [
  ...[
    '"abc',
    '\'abc"',
    '"abc\xff',
    "'abc\xff",
    '"abc\\\xff',
    '"abc\\\x01',
    '"abc\\u\x01',
    '"ab\0cd"',
    '"\xff"',
    '"\x01',
  ],
  ...['"\t"', '"a\nb":1}\n', '"a\rb"', '"\xfe', '"\xfd', '"\xf8"', '"\\x"', '"\\a"', '"\\0"', '"\\u12"', '"\\u12g4"'],
  ...['"\\u"', '"\\u1"', '"\\u123\xc3\xa9"', '"\\u12\xc3\xa9"', '"\\ud800"', '"\\udc00"', '"\\ud83d\\u0041"'],
  ...['"\\ud83d\\\\"', '"\\ud83dx"', '"\\uffff"', '"\\ufdd0"', '"\\ud83f\\udfff"', '"\xef\xbf\xbf"', '"\xef\xb7\x90"'],
  ...[
    '"\xc3"',
    '"\x80"',
    '"\xe2\x82"',
    '"\xe2(\xa1"',
    '"\xed\xa0\x80"',
    '"\xf4\x90\x80\x80"',
    '"\xc0\x81"',
    '"\xc1\xbf"',
  ],
  ...['"\xe0\x9f\xbf"', '"\xf0\x8f\xbf\xbf"', '"\xf5\x80\x80\x80"', '"\xfc\x80\x80\x80\x80\x80"', '{"\\x":1}'],
  ...[
    '{"\x80":1}',
    '{"a":"\x80\\x"}',
    '{"a":"\\x\x80"}',
    '["\\x","\\y"]',
    '{"a":"\\x","b":"\\x"}',
    "'it''s'",
    '"a""b"',
  ],
  ...[
    '"\xe0\x80\x80\x01',
    '"\xc3\x01',
    '"\xf0\x9f\x01',
    '"\xc0\x80\x01',
    '"\xed\xa0\x80\xed\xb0\x80\x01',
    '"\xfc\x80\x01',
  ],
  ...['"\\u123\xc3', '"\\ud83d\\u12\xe2\x82\xac"'],
];

/** Tokens in places where they cannot be. */
const STRUCTURES = [
  ...['[]', '"x"', '42 ', 'null ', 'true\n', '42', 'null', '-0 ', '1.5e3 ', '}', ']', ',', ':', '}}}', ', , ', ': 1 '],
  ...['"a" : 1 ', '{]', '{]}', '{]]', '{]]}', '{]}}', '{,}', '{:}', '{{}}', '{[]}', '{1:2}', '{true:1}', '{foo:1}'],
  ...[
    '{"a",',
    '{"a",}',
    '{"a",}}',
    '{"a" 1}',
    '{"a" , 1}',
    '{"a"}',
    '{"a":}',
    '{"a":,}',
    '{"a":]',
    '{"a"::1}',
    '{"a":1]',
  ],
  ...['{"a":1]}', '{"a":1]}}', '{"a":1,}', '{"a":1,,}', '{"a":1:2}', '{"a":1 2}', '{"a":1 "b":2}', '{"a" : 1 : 2}'],
  ...['{"a":foo}', '{"a":foo "b":1}\n', '[foo]', '[foo', '[foo,bar]', '[foo\n}', '[}', '[}]', '[1}', '[1}]', '[1}]]'],
  ...['[[}', '[[}]]', '[{]', '[{]}', '[{]}]', '[{]}]]', '[,]', '[:]', '[1,]', '[1,,2]', '[1 2]', '[1:2]', '["a":1]'],
  ...[
    '[1"b"]',
    '["a"}',
    '[true}',
    '[true\n}',
    '[1\n}',
    '[1\n\n}',
    '[-1.5e+3}',
    '{"a" 1 foo "x\\y" "x":[1,2}}',
    '{"a" 1 $',
  ],
  ...['{"a" 1 $}', '{"a" [$ ]}', '{"a":1,"a":2}', '{"a":1,"a":2,"a":3}', '{"a":1,"a":{', '{"a":1,"a":{}}'],
  ...['{"a":{"b":1,"b":2}}', '{"a":1,"\\u0061":2}', '{"a" \n\n:1,\n"a":\n[1,\n2\n]\n}', '{"execute":%p}', '1\n2a '],
  ...['{"execute":"query-name","id":NaN}\n', '{"execute":"query-name","id":a}', '{"execute":"query-name",}'],
  ...['{"execute":"query-name"}}', '{"execute":"query-name"\n\n  ,,}', '\n\n  {"a"]', '\r\n\t {"a"]', '{"\xc3\xa9" 1}'],
  ...[
    '{"execute":"query-name","id":{"\xc0\x80":1,"\\u0000":2}}',
    '{"a":\n"b" "c"}',
    'foo{"a":1}',
    '{"\xe2\x82\xac":foo}',
  ],
  `${'['.repeat(1_025)}${']'.repeat(1_025)}`,
  `${'{"a":'.repeat(1_025)}1${'}'.repeat(1_025)}`,
  `${'[{"a":'.repeat(513)}1${'}]'.repeat(513)}`,
  `${'['.repeat(1_025)}\x01`,
  `${'['.repeat(1_025)}}`,
  '['.repeat(1_025),
  `${'['.repeat(1_024)}${']'.repeat(1_024)}`,
];

/** Objects that are no commands. */
const REQUESTS = [
  ...['{}', '{"id":1}', '{"arguments":{},"id":[1]}', '{"execute":1,"id":2}', '{"id":7,"execute":null}', '{"x":1}'],
  ...[
    '{"execute":"query-name","arguments":null}',
    '{"execute":"query-name","arguments":[]}',
    '{"":1}',
    '{"\xc3\xa9":1}',
  ],
  ...['{"execute":"query-name","arguments":"x","id":""}', '{"execute":"query-name","x":1,"id":3}', '{"arguments":{}}'],
  ...['{"execute":1,"arguments":1}', '{"execute":"query-name","Execute":1}', '{"execute":"nope","id":{"a":1}}'],
  ...['{"execute":"nope","arguments":{"x":1}}', '{"execute":""}', '{"execute":"a\\u0000b"}', '{"execute":"\xc3\xa9"}'],
  ...['{"execute":"QUERY-NAME"}', '{"execute":"query-name ","id":1}', '{"execute":"query_name","id":0.1}'],
  ...['{"execute":"query-name","exec-oob":"query-yank"}', '{"exec-oob":"query-yank","execute":"query-name","id":1}'],
  ...['{"exec-oob":1}', '{"exec-oob":1,"execute":1}', '{"exec-oob":"query-yank","arguments":1}', '{"exec-oob":"nope"}'],
  ...[
    '{"exec-oob":"query-yank","id":1,"foo":2}',
    '{"exec-oob":"query-name","id":1}',
    '{"exec-oob":"qmp_capabilities"}',
  ],
  ...[
    '{"exec-oob":"query-yank","arguments":{"x":1},"id":"a"}',
    '{"execute":"qmp_capabilities","id":18446744073709551615}',
  ],
  '{"execute":"qmp_capabilities","arguments":{"enable":["oob"]}}',
  '{"execute":"qmp_capabilities","arguments":{"enable":["nothing"]}}',
];

/** What comes before there is anything but negotiation. */
const EARLY = [
  ...['{"execute":"query-name","id":1}', '{"execute":"nope","id":1}', '{"exec-oob":"query-yank","id":1}', '{}', '[]'],
  ...[
    '{"execute":1}',
    '{"exec-oob":"qmp_capabilities","id":1}',
    '42 {"execute":foo}',
    '\xff',
    '{"execute":"quit","id":[]',
  ],
  ...['{"x":1}', '1', '[1}', '1}', '"oob"', 'true', 'null', '["oob",1]', '["a"]', '["OOB"]', '[null]', '{}'].map(
    (enable) => command('qmp_capabilities', `{"enable":${enable}}`),
  ),
  command('qmp_capabilities', '{"x":1}'),
  command('qmp_capabilities', '[]'),
  `${command('qmp_capabilities')}${command('qmp_capabilities')}`,
  `${command('qmp_capabilities', '{"enable":["a"]}')}${VALID}${command('qmp_capabilities')}${VALID}`,
];

/** Values of all sorts, each of which some types refuse. */
const VALUES = ['1', '1.0', '1.5', '-1', '"1"', 'null', 'true', '[]', '{}', '[1]', '{"a":1}', '1e400'];

const ARGUMENTS = [
  ...VALUES.filter((value) => value !== '"1"').map((value) => command('qom-list', `{"path":${value}}`)),
  ...[...VALUES, '256', '1e2', '18446744073709551615', '18446744073709551616', '-9223372036854775809']
    .filter((value) => value !== '1')
    .map((value) => command('migrate-set-parameters', `{"cpu-throttle-initial":${value}}`)),
  ...['-1', '4294967296', '1.0', '"1"', '99999999999999999999'].flatMap((value) =>
    ['x-checkpoint-delay', 'throttle-trigger-threshold', 'max-bandwidth'].map((name) =>
      command('migrate-set-parameters', `{"${name}":${value},"x":1}`),
    ),
  ),
  ...['1', 'true', '[]', '{}', 'null', '"x"'].map((value) =>
    command('migrate-set-parameters', `{"tls-creds":${value},"x":1}`),
  ),
  ...['1', '[1]', '[{}]', '[{"node-name":1}]', '[{"node-name":"a","alias":"b","bitmaps":[{"name":1}]}]', '{}'].map(
    (value) => command('migrate-set-parameters', `{"block-bitmap-mapping":${value}}`),
  ),
  ...['"transform":{"persistent":1}', '"transform":{"persistent":true,"z":1}', '"z":1', '"transform":[]'].map(
    (member) =>
      command(
        'migrate-set-parameters',
        `{"block-bitmap-mapping":[{"node-name":"a","alias":"b","bitmaps":[{"name":"a","alias":"c",${member}}]}]}`,
      ),
  ),
  ...[
    '{}',
    '{"capabilities":1}',
    '{"capabilities":{}}',
    '{"capabilities":[1]}',
    '{"capabilities":[{}]}',
    '{"capabilities":[{"capability":"x"}]}',
    '{"capabilities":[{"capability":"x","state":true}]}',
    '{"capabilities":[{"capability":1,"state":true}]}',
    '{"capabilities":[{"capability":"xbzrle"}]}',
    '{"capabilities":[{"capability":"xbzrle","state":1}]}',
    '{"capabilities":[{"capability":"xbzrle","state":true,"y":1}]}',
    '{"capabilities":[{"capability":"xbzrle","state":true},2]}',
    '{"capabilities":[],"x":2}',
  ].map((args) => command('migrate-set-capabilities', args)),
  ...[
    '{}',
    '{"path":1,"property":"x"}',
    '{"path":"/","x":1}',
    '{"path":"/","property":"a","x":1}',
    '{"property":"a","path":"/","":1}',
    '{"path":"/","property":"a","\xc3\xa9":1}',
  ].map((args) => command('qom-get', args)),
  ...[
    '{"val":1.5}',
    '{"val":-1,"size":"x"}',
    '{"val":1,"size":2,"filename":"/x/y","cpu-index":"0"}',
    '{"val":1,"size":2,"filename":"/x/y","cpu-index":18446744073709551615}',
    '{"val":1,"size":2,"filename":"/x/y","cpu-index":1.0}',
    '{"val":1,"size":2,"filename":["/x/y"]}',
  ].map((args) => command('memsave', args)),
  ...[
    '',
    '"driver":1',
    '"driver":"x"',
    '"driver":null',
    '"driver":"file"',
    '"driver":"null-co","size":"x"',
    '"driver":"null-co","zz":1',
    '"driver":"null-co","node-name":1',
    '"driver":"null-co","discard":"y"',
    '"driver":"null-co","detect-zeroes":null',
    '"driver":"null-co","latency-ns":-1,"a":2',
    '"driver":"null-co","latency-ns":18446744073709551616',
    '"driver":"null-co","cache":{"direct":1}',
    '"driver":"null-co","cache":{"dir":1}',
    '"driver":"null-co","cache":1',
    '"driver":"qcow2"',
    '"driver":"qcow2","file":1',
    '"driver":"qcow2","file":null',
    '"driver":"qcow2","file":[]',
    '"driver":"qcow2","file":{}',
    '"driver":"qcow2","file":{"driver":"xx"}',
    '"driver":"qcow2","file":{"driver":"file"}',
    '"driver":"qcow2","file":{"driver":"file","filename":"x","y":1}',
    '"driver":"qcow2","backing":1',
    '"driver":"qcow2","backing":1,"file":"x"',
    '"driver":"qcow2","overlap-check":1,"file":"x"',
    '"driver":"qcow2","overlap-check":"y","file":"x"',
    '"driver":"qcow2","overlap-check":{"template":"y"},"file":"x"',
    '"driver":"raw","file":{"driver":"null-co","latency-ns":1.5}',
    '"driver":"raw","file":{"driver":"raw","file":{"driver":"raw","file":{"driver":"null-co","size":1.5}}}',
    '"driver":"quorum","vote-threshold":1,"children":[1]',
    '"driver":"quorum","vote-threshold":1,"children":[{"driver":"z"}]',
    '"driver":"quorum","vote-threshold":1,"children":["x",{"driver":"null-co","size":true}]',
    '"driver":"quorum","vote-threshold":1,"children":"x"',
    '"driver":"nbd","server":{}',
    '"driver":"nbd","server":{"type":"inet"}',
    '"driver":"nbd","server":{"type":"inet","host":"a","port":1}',
    '"driver":"nbd","server":{"type":"zz"}',
    '"driver":"nbd","server":{"type":"unix","path":"a","b":1}',
    '"driver":"blkdebug","image":"x","inject-error":[{"event":"q"}]',
    '"driver":"blkdebug","image":"x","inject-error":[{"event":"none","errno":1.5}]',
  ].map((args) => command('blockdev-add', `{${args}}`)),
  ...['{"actions":[{}]}', '{"actions":[{"type":"x","data":{}}]}', '{"actions":[{"type":"abort"}]}', '{"actions":[[]]}']
    .concat('{"actions":[{"type":"abort","data":{"x":1}}]}', '{"actions":[],"properties":{"completion-mode":"x"}}')
    .map((args) => command('transaction', args)),
  ...['{"id":1}', '{"id":"c"}', '{"id":"c","backend":{"type":"x"}}', '{"id":"c","backend":{"type":"null"}}']
    .concat(
      '{"id":"c","backend":{"type":"ringbuf","data":{"size":1.5}}}',
      '{"id":"c","backend":{"type":"null","data":1}}',
    )
    .map((args) => command('chardev-add', args)),
  ...['{"keys":[{"type":"number","data":"a"}]}', '{"keys":[{"type":"qcode","data":"zz"}]}', '{"keys":[{"data":"a"}]}']
    .concat('{"keys":["a"]}', '{"keys":[],"hold-time":1.5}')
    .map((args) => command('send-key', args)),
  ...[
    '{"target":"vm","vcpus":[]}',
    '{"target":"zz"}',
    '{"target":"vcpu","vcpus":[1]}',
    '{"target":"vm","providers":[{}]}',
  ].map((args) => command('query-stats', args)),
  ...['{"protocol":"x"}', '{"protocol":"vnc","password":"x","connected":"zz"}', '{"protocol":"vnc","password":1}'].map(
    (args) => command('set_password', args),
  ),
  ...['{"type":"x","id":"a"}', '{"type":"hubport","id":"a"}', '{"id":"a"}', '{"type":"hubport","id":"a","hubid":"1"}']
    .concat('{"type":"hubport","id":"a","hubid":2147483648}', '{"type":"user","id":"a","hostfwd":[{"str":1}]}')
    .map((args) => command('netdev_add', args)),
  ...['{"command-line":1}', '{"command-line":"info name","cpu-index":"x"}', '{}', '{"command":"x"}'].map((args) =>
    command('human-monitor-command', args),
  ),
  ...[
    '{"initial":1}',
    '{"initial":"50","max":550,"rounds":5,"step":50}',
    '{"initial":1,"max":1,"rounds":1,"step":1,"z":0}',
  ].map((args) => command('announce-self', args)),
  ...['query-name', 'stop', 'query-qmp-schema', 'quit'].map((name) => command(name, '{"unexpected":{}}')),
];

/** What QEMU answers with errors, and perhaps with more. */
export const invalidEntries: readonly CorpusEntry[] = [
  // What comes behind shows where the server begins anew.
  ...entries(...[...TOKENS, ...STRINGS, ...STRUCTURES].map((input) => `${input}${VALID}`)),
  ...entries(...REQUESTS, ...ARGUMENTS),
  ...oobEntries(...REQUESTS, '{"execute":foo}{"exec-oob":"query-yank"}'),
  ...earlyEntries(...EARLY),
];
