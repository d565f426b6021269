"""A client of the Python SDK 2.x, in the era that its argument names: `legacy`, `auto` or
`modern`. Opens a session, lists the tools, makes the calls, and prints what it got as one line
of JSON."""

import json
import os
import sys

import anyio
from mcp.client.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client

MODERN = "2026-07-28"


def as_sent(model):
    return model.model_dump(mode="json", by_alias=True, exclude_unset=True)


async def main(wish):
    server = StdioServerParameters(
        command=wish["command"], args=wish["args"], env=dict(os.environ)
    )
    mode = MODERN if wish["era"] == "modern" else wish["era"]
    async with Client(stdio_client(server), mode=mode) as client:
        tools = (await client.list_tools()).tools
        results = [
            await client.call_tool(call["name"], call["arguments"])
            for call in wish["calls"]
        ]
        modern = client.protocol_version >= MODERN
        seen = {
            "era": "modern" if modern else "legacy",
            "server": client.server_info and client.server_info.name,
            "tools": [as_sent(tool) for tool in tools],
            "results": [as_sent(result) for result in results],
        }
    print(json.dumps(seen))


anyio.run(main, json.loads(sys.argv[1]))
