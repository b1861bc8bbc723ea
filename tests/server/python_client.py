"""What QEMU's own clients make of a server: a JSON object for each thing that they see. Takes the path of its socket."""

import asyncio
import json
import sys

from qemu.qmp import EventListener, ExecuteError, QMPClient
from qemu.qmp.legacy import QEMUMonitorProtocol


def tell(**facts):
    print(json.dumps(facts), flush=True)


async def error_of(awaitable):
    try:
        await awaitable
    except ExecuteError as error:
        return [error.error.error.class_, error.error.error.desc]
    return None


async def converse(path):
    client = QMPClient("test")
    await client.connect(path)
    greeting = client.greeting.QMP
    tell(version=greeting.version, capabilities=list(greeting.capabilities))
    tell(status=await client.execute("query-status"))
    tell(echo=await client.execute("echo", {"number": 2**63, "text": "t\u00e9st \U0001f600", "list": [None, True, 0.5]}))
    tell(refused=await error_of(client.execute("refuse")))
    tell(unknown=await error_of(client.execute("nope", {"x": 1})))
    tell(large=len(await client.execute("large")))
    replies = await asyncio.gather(*(client.execute("echo", {"index": index}) for index in range(500)))
    tell(in_flight=[reply["index"] for reply in replies] == list(range(500)))
    slow = asyncio.create_task(client.execute("slow"))
    tell(out_of_band=await client.execute("yank", oob=True), slow_is_done=slow.done())
    await slow
    with client.listener("STOP", lambda event: event["data"]["wanted"]) as listener:
        await client.execute("stop")
        event = await listener.get()
        tell(event=event["event"], data=event["data"])
    tell(quit=await client.execute("quit"))
    try:
        await client.disconnect()
    except EOFError:
        pass


def converse_in_sequence(path):
    with QEMUMonitorProtocol(path) as monitor:
        tell(legacy=monitor.connect()["QMP"]["version"])
        tell(status=monitor.cmd("query-status"))
        tell(refused=monitor.cmd_raw("refuse")["error"]["class"])
        monitor.cmd("stop")
        tell(events=[event["event"] for event in monitor.get_events(wait=True)])


converse_in_sequence(sys.argv[1])
asyncio.run(converse(sys.argv[1]))
