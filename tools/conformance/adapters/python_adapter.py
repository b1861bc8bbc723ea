"""The adapter of QEMU's own Python client, qemu.qmp."""

import asyncio
import importlib.metadata
import json
import os
import sys

from qemu.qmp import ExecuteError, QMPClient


def say(**what):
    print(json.dumps(what), flush=True)


def parse_address(text):
    host, _, port = text.rpartition(':')
    return text if '/' in text else (host, int(port))


async def tell_events(client):
    async for event in client.events:
        say(event=dict(event))


async def carry_out(client, wish):
    if wish['do'] == 'connect':
        return await client.connect(parse_address(os.environ['QMP_ADDRESS']))
    if wish['do'] == 'disconnect':
        return await client.disconnect()
    return await client.execute(wish['command'], wish.get('arguments'), wish.get('oob', False))


async def fulfil(client, wish):
    timeout = wish.get('timeoutMs')
    try:
        # It has no time limits of its own: this is what its users write.
        work = carry_out(client, wish)
        value = await asyncio.wait_for(work, None if timeout is None else timeout / 1000)
        say(done=wish['as'], **{'return': value})
    except ExecuteError as error:
        told = {'class': error.error_class, 'desc': error.error.error.desc}
        say(failed=wish['as'], message=str(error), error=told)
    except Exception as error:  # pylint: disable=broad-except
        say(failed=wish['as'], message=f'{type(error).__name__}: {error}')


async def main():
    client = QMPClient('conformance')
    say(client=f"qemu.qmp {importlib.metadata.version('qemu.qmp')}")
    reader = asyncio.StreamReader(limit=64 * 1024 * 1024)
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    tasks = {asyncio.create_task(tell_events(client))}
    while line := await reader.readline():
        task = asyncio.create_task(fulfil(client, json.loads(line)))
        tasks.add(task)
        task.add_done_callback(tasks.discard)


asyncio.run(main())
