"""The reference: QEMU's own Python client, qemu.qmp.

python3 python_client.py KIND SOCKET OPERATIONS WARM_UP IN_FLIGHT COMMAND     KIND is commands, events or connect
Prints how long the operations took, as JSON.
"""

import asyncio
import json
import sys
import time

from qemu.qmp import EventListener, QMPClient


# Room for the longest reply; 10 MiB is the default.
READ_BYTES = 64 * 1024 * 1024


async def connected(path):
    client = QMPClient('bench', readbuflen=READ_BYTES)
    await client.connect(path)
    return client


async def run_commands(client, operations, in_flight, command):
    left = operations

    async def worker():
        nonlocal left
        while left > 0:
            left -= 1
            await client.execute(command)

    await asyncio.gather(*(worker() for _ in range(in_flight)))


async def count(listener, events):
    seen = 0
    async for _ in listener:
        seen += 1
        if seen == events:
            return


async def run_events(client, operations):
    every = EventListener()
    filtered = EventListener('RTC_CHANGE')
    with client.listen(every, filtered):
        await client.execute('x-bench-events', {'count': operations})
        await asyncio.gather(count(every, operations), count(filtered, operations // 4))


async def run_connect(path, operations):
    total = 0
    for _ in range(operations):
        start = time.perf_counter()
        client = await connected(path)
        total += time.perf_counter() - start
        await client.disconnect()
    return total


async def timed(work):
    start = time.perf_counter()
    await work
    return time.perf_counter() - start


async def main(kind, path, operations, warm_up, in_flight, command):
    client = None if kind == 'connect' else await connected(path)

    async def run(times):
        if kind == 'connect':
            return await run_connect(path, times)
        if kind == 'events':
            return await timed(run_events(client, times))
        return await timed(run_commands(client, times, in_flight, command))

    await run(warm_up)
    cpu = time.process_time()
    wall = await run(operations)
    cpu = time.process_time() - cpu
    print(json.dumps({'operations': operations, 'wallSeconds': wall, 'cpuSeconds': cpu}))
    if client is not None:
        await client.disconnect()


if __name__ == '__main__':
    _, kind, path, operations, warm_up, in_flight, command = sys.argv
    asyncio.run(main(kind, path, int(operations), int(warm_up), int(in_flight), command))
