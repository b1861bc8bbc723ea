#!/usr/bin/env node
// Replays a recording to a client in the same process, and prints what the process took at most: FILE COMMANDS.
import { createReadStream } from 'node:fs';
import { QmpClient } from 'qmp';
import { replay } from 'qmp/testing';

const KILOBYTE = 1024;

const [path = '', commands = ''] = process.argv.slice(2);
const recording = replay(createReadStream(path));
const client = await QmpClient.connect(recording.transport());
for (let count = Number(commands); count > 0; count -= 1) await client.execute('query-named-block-nodes');
await client.disconnect();
await recording.finished();
process.stdout.write(JSON.stringify({ memoryBytes: process.resourceUsage().maxRSS * KILOBYTE }));
