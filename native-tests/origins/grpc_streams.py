"""Streams of gRPC: `server ADDRESS` echoes every message, and prints its port; `client ADDRESS HOST STREAMS` keeps so many
open and says something on each, until a line comes in. It prints how many are still open then, and what they carried."""
import queue
import sys
import threading
import time
from concurrent import futures

import grpc

METHOD = "/adit.Echo/Both"


def same(data):
    return data


def serve(address):
    def echo(messages, _):
        yield from messages

    handler = grpc.method_handlers_generic_handler(
        "adit.Echo",
        {"Both": grpc.stream_stream_rpc_method_handler(echo, request_deserializer=same, response_serializer=same)},
    )
    server = grpc.server(futures.ThreadPoolExecutor(max_workers=64))
    server.add_generic_rpc_handlers((handler,))
    port = server.add_insecure_port(address + ":0")
    server.start()
    print("ready", port, flush=True)
    server.wait_for_termination()


def ask(address, host, number):
    channel = grpc.insecure_channel(address, options=[("grpc.default_authority", host)])
    call = channel.stream_stream(METHOD, request_serializer=same, response_deserializer=same)
    streams = []
    for _ in range(number):
        outgoing = queue.Queue()
        streams.append((outgoing, call(iter(outgoing.get, None))))
    end = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.readline(), end.set()), daemon=True).start()
    carried = 0
    broken = set()
    while True:
        last = end.is_set()
        for i, (outgoing, incoming) in enumerate(streams):
            message = b"%d of %d" % (carried, i)
            outgoing.put(message)
            try:
                if next(incoming) == message:
                    carried += 1
                else:
                    broken.add(i)
            except (grpc.RpcError, StopIteration) as e:
                broken.add(i)
                print("broken", i, str(e)[:200].replace("\n", " "), file=sys.stderr)
        if carried == number and not last:
            print("ready", number, flush=True)
        if last:
            print("open", number - len(broken), "carried", carried, flush=True)
            return
        time.sleep(0.2)


if sys.argv[1] == "server":
    serve(sys.argv[2])
else:
    ask(sys.argv[2], sys.argv[3], int(sys.argv[4]))
