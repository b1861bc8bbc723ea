import { once } from 'node:events';
import { connect } from 'node:net';
import { runContestant } from '../measure/run-contestant.mjs';
import { startServer } from '../servers/start-server.mjs';
import { workloads } from '../workloads/workloads.mjs';
import { itself, timesThatOf } from './questions.mjs';

const IDLE_CLIENTS = 5_000;

/**
 * How fast a server answers: the client is the one in C where there is a compiler.
 *
 * @param {{ readonly workload: string, readonly title: string }} row
 * @returns {import('./row.ts').Row}
 */
function serverRow({ workload: name, title }) {
  const found = workloads.find((each) => each.name === name);
  if (found === undefined) throw new RangeError(`There is no workload ${name}`);
  const workload = { ...found, command: 'query-status' };
  return {
    name: `server-${name}`,
    title,
    unit: 'per second',
    contestants: ['qmp', 'floor'],
    questions: [timesThatOf('floor', { atLeast: 0.6 })],
    async measure(contestant, runtime) {
      const server = await startServer(contestant === 'qmp' ? 'qmp' : 'floor', runtime);
      try {
        const before = await server.usage();
        const measurement =
          (await runContestant('C', runtime, server.path, workload)) ??
          (await runContestant('batched-floor', runtime, server.path, workload));
        if (measurement === undefined) return undefined;
        const { cpuSeconds } = await server.usage();
        const all = workload.operations + workload.warmUpOperations;
        return {
          value: measurement.operations / measurement.wallSeconds,
          aside: all / (cpuSeconds - before.cpuSeconds),
        };
      } finally {
        await server.stop();
      }
    },
  };
}

/** @type {import('./row.ts').Row} */
const idleClientsRow = {
  name: 'server-idle',
  title: `a server's memory with ${IDLE_CLIENTS.toLocaleString('en')} idle clients, over that of an empty process`,
  unit: 'bytes',
  contestants: ['qmp', 'floor'],
  questions: [itself('bytes', { atMost: 100e6 }), timesThatOf('floor')],
  async measure(contestant, runtime) {
    const [server, empty] = await Promise.all([
      startServer(contestant === 'qmp' ? 'qmp' : 'floor', runtime),
      startServer('empty', runtime),
    ]);
    const sockets = [];
    try {
      while (sockets.length < IDLE_CLIENTS) sockets.push(await openSession(server.path));
      const [used, least] = await Promise.all([server.usage(), empty.usage()]);
      return { value: used.memoryBytes - least.memoryBytes };
    } finally {
      for (const socket of sockets) socket.destroy();
      await Promise.all([server.stop(), empty.stop()]);
    }
  },
};

/**
 * Connects, negotiates, and asks for something once.
 *
 * @param {string} path
 */
async function openSession(path) {
  const socket = connect(path);
  await once(socket, 'data');
  for (const command of ['qmp_capabilities', 'query-status']) {
    socket.write(`{"execute":"${command}"}`);
    await once(socket, 'data');
  }
  return socket;
}

/** What is measured of servers. */
export const serverRows = [
  serverRow({ workload: 'sequence', title: 'a server asked in sequence' }),
  serverRow({ workload: 'in-flight-256', title: 'a server asked for 256 things at once' }),
  idleClientsRow,
];
