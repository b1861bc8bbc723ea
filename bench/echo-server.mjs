// A QMP server that does nothing but answer: greeting, then `{"return": {}, "id": N}` for each id that it reads.
import { createServer } from 'node:net';

const GREETING =
  '{"QMP": {"version": {"qemu": {"micro": 0, "minor": 0, "major": 0}, "package": ""}, "capabilities": []}}\r\n';

createServer((socket) => {
  socket.setEncoding('latin1');
  socket.on('error', () => socket.destroy());
  socket.write(GREETING);
  let rest = '';
  socket.on('data', (chunk) => {
    const text = rest + chunk;
    const end = text.lastIndexOf('}') + 1;
    rest = text.slice(end);
    let replies = '';
    for (const [, id] of text.slice(0, end).matchAll(/"id":(\d+)/g)) replies += `{"return": {}, "id": ${id}}\r\n`;
    if (replies !== '') socket.write(replies, 'latin1');
  });
}).listen(process.argv[2], () => console.log('listening'));
