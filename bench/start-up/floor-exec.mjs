// The floor's one-shot process: `node floor-exec.mjs SOCKET COMMAND` prints what the command returns.
import { floorClient } from '../clients/floor-client.mjs';

const [path = '', command = ''] = process.argv.slice(2);
const session = await floorClient('each').connect(path);
process.stdout.write(`${JSON.stringify(await session.execute(command))}\n`);
await session.close();
