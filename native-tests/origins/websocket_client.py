"""Says much and little through a WebSocket, and checks what comes back: websocket_client.py SCHEME PORT HOST."""
import asyncio
import os
import ssl
import sys

import websockets


async def main(scheme, port, host):
    trusting = ssl._create_unverified_context() if scheme == "wss" else None
    connection = websockets.connect(
        f"{scheme}://{host}:{port}/ws", host="127.0.0.1", port=port, proxy=None, ssl=trusting, max_size=None, subprotocols=["echo"]
    )
    async with connection as socket:
        assert socket.subprotocol == "echo", socket.subprotocol
        for size in (0, 1, 125, 126, 65_535, 65_536, 1 << 20):
            message = os.urandom(size)
            await socket.send(message)
            assert await socket.recv() == message, size
        for number in range(1000):
            await socket.send(str(number))
        assert [await socket.recv() for _ in range(1000)] == [str(n) for n in range(1000)]
        await (await socket.ping())
        await socket.close(code=4321, reason="enough")
    assert socket.close_code == 4321, socket.close_code
    print("ok")


asyncio.run(main(sys.argv[1], int(sys.argv[2]), sys.argv[3]))
