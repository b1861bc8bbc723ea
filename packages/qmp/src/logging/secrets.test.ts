import { describeMessage } from '@qmp/protocol';
import type { JsonObject } from '@qmp/protocol/codecs';
import { describe, expect, it } from 'vitest';
import { isQmpSecret } from './secrets.ts';

const SECRET = 'hunter2';

function shown(message: JsonObject): string {
  return describeMessage(message, isQmpSecret);
}

describe('a log record', () => {
  it.each<JsonObject>([
    { execute: 'set_password', arguments: { protocol: 'vnc', password: SECRET } },
    { execute: 'change-vnc-password', arguments: { password: SECRET } },
    { execute: 'change', arguments: { device: 'vnc', target: 'password', arg: SECRET } },
    { execute: 'object-add', arguments: { 'qom-type': 'secret', id: 's0', data: SECRET } },
    { execute: 'object-add', arguments: { 'qom-type': 'secret', id: 's0', props: { data: SECRET } } },
    { execute: 'blockdev-add', arguments: { driver: 'https', url: 'https://host/a.iso', cookie: SECRET } },
    { execute: 'sev-inject-launch-secret', arguments: { 'packet-header': 'aGVhZA==', secret: SECRET } },
    { execute: 'qom-set', arguments: { path: '/objects/s0', property: 'data', value: SECRET } },
    { execute: 'qom-set', arguments: { path: '/machine/x', property: 'password', value: SECRET } },
    { execute: 'guest-set-user-password', arguments: { username: 'root', password: SECRET, crypted: false } },
    { execute: 'human-monitor-command', arguments: { 'command-line': `set_password vnc ${SECRET}` } },
    { execute: 'human-monitor-command', arguments: { 'command-line': `change vnc password ${SECRET}` } },
    { execute: 'human-monitor-command', arguments: { 'command-line': `object_add secret,id=s0,data=${SECRET}` } },
    { execute: 'human-monitor-command', arguments: { 'command-line': `object_add qom-type=secret,data=${SECRET}` } },
    { 'exec-oob': 'x-outer', arguments: { actions: [{ data: { password: SECRET } }] } },
  ])('of %j holds no secret', (message) => {
    expect(shown(message)).not.toContain(SECRET);
    expect(shown(message)).toContain('***');
    expect(shown(message)).toContain(JSON.stringify(message['execute'] ?? message['exec-oob']));
  });

  it.each<JsonObject>([
    { execute: 'object-add', arguments: { 'qom-type': 'rng-random', id: 'r0', props: { filename: '/dev/urandom' } } },
    { execute: 'transaction', arguments: { actions: [{ type: 'abort', data: {} }] } },
    { execute: 'change', arguments: { device: 'cd0', target: 'x.iso', arg: 'raw' } },
    { execute: 'qom-set', arguments: { path: '/machine', property: 'type', value: 'pc' } },
    { execute: 'human-monitor-command', arguments: { 'command-line': 'info status' } },
    { event: 'BLOCK_JOB_READY', data: { device: 'drive0', len: 5 } },
  ])('of %j holds all of it', (message) => {
    expect(shown(message)).toBe(JSON.stringify(message));
  });
});
