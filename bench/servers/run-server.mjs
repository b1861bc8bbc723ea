#!/usr/bin/env node
// One server in this process, for `npm run bench` and for profilers:
//   node --cpu-prof bench/servers/run-server.mjs KIND SOCKET      KIND is qmp, floor or empty, which listens nowhere
// Says what it has used so far whenever its parent asks.
import { startFloorServer } from './floor-server.mjs';

const [kind, path = ''] = process.argv.slice(2);

/** What it is asked is the same for all, and made anew each time. */
const handlers = { 'query-status': () => ({ status: 'running', running: true }) };

process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send?.({ cpuSeconds: (user + system) / 1e6, memoryBytes: process.memoryUsage().rss });
});
// Stops as the parent wishes, and leaves a profile where one is made.
process.on('SIGTERM', () => process.exit());
process.on('disconnect', () => process.exit());

if (kind === 'floor') startFloorServer(path, handlers);
else if (kind === 'qmp') await (await import('./qmp-server.mjs')).startQmpServer(path, handlers);
