"""An origin of long-lived responses: WebSocket echo, and Server-Sent Events, one at each line of input.

Each on a port of its own, which it prints in this order; over TLS if it is given CERTIFICATE KEY."""
import asyncio
import ssl
import sys

import websockets


async def echo(socket):
    async for message in socket:
        await socket.send(message)


async def main(*pair):
    tls = None
    if pair:
        tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        tls.load_cert_chain(*pair)
    async with websockets.serve(echo, "127.0.0.1", 0, max_size=None, subprotocols=["echo"], ssl=tls) as sockets:
        sse = await asyncio.start_server(events, "127.0.0.1", 0, ssl=tls)
        async with sse:
            ports = [next(iter(server.sockets)).getsockname()[1] for server in (sockets, sse)]
            print("ready", *ports, flush=True)
            await asyncio.Future()


async def events(reader, writer):
    await reader.readuntil(b"\r\n\r\n")
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-cache\r\n\r\n")
    await writer.drain()
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        writer.write(f"data: {line.strip()}\n\n".encode())
        await writer.drain()
    writer.close()


asyncio.run(main(*sys.argv[1:]))
