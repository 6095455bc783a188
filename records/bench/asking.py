"""Asks one address over and over on connections that stay open, in a process of its own.

    {"requests": 12000, "seconds": 2.0, "statuses": {200: 12000}}

Python is fast enough for that: the answers are only cut apart, so that the server is what is measured.
"""

import itertools
import selectors
import socket
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

CONNECTIONS = 16
BLOCK = 256 * 1024
PATIENCE = 30


def rate(port: int, path: str, headers: dict | None = None, seconds=2.0, new=False) -> float:
    """Answers per second; those that are no 200 or 304 are a fault. `new`: no two ask for the same page."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        told = process.submit(ask, port, path, headers or {}, seconds, new).result()
    if set(told["statuses"]) - {200, 304}:
        raise RuntimeError(f"{path} was answered by {told['statuses']}")
    return told["requests"] / told["seconds"]


def ask(port: int, path: str, headers: dict, seconds: float, new: bool) -> dict:
    """Ask so long, count the answers."""
    requests = _requests(port, path, headers, new)
    statuses, waiting = Counter(), selectors.DefaultSelector()
    for _number in range(CONNECTIONS):
        line = socket.create_connection(("127.0.0.1", port))
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        waiting.register(line, selectors.EVENT_READ, bytearray())
        line.sendall(next(requests))
    begun = time.perf_counter()
    while (now := time.perf_counter()) - begun < seconds:
        for key in _answered(waiting):
            statuses[_whole(key.data)] += 1
            key.data.clear()
            key.fileobj.sendall(next(requests))
    # What is still under way would be done at the cost of the next measurement.
    while waiting.get_map() and time.perf_counter() - now < PATIENCE:
        for key in _answered(waiting):
            waiting.unregister(key.fileobj)
            key.fileobj.close()
    return {"requests": statuses.total(), "seconds": now - begun, "statuses": dict(statuses)}


def _answered(waiting: selectors.BaseSelector) -> list[selectors.SelectorKey]:
    """The connections on which a whole answer has come."""
    keys = [key for key, _events in waiting.select(1)]
    for key in keys:
        key.data.extend(key.fileobj.recv(BLOCK))
    return [key for key in keys if _whole(key.data)]


def _requests(port: int, path: str, headers: dict, new: bool):
    """What is sent; each under another port of the host where no two may be the same page."""
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    ports = itertools.cycle(range(1024, 65536)) if new else itertools.repeat(port)
    for number in ports:
        yield f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{number}\r\n{lines}\r\n".encode()


def _whole(buffer: bytearray) -> int:
    """The status of an answer that is there as a whole; 0 while something is missing."""
    end = buffer.find(b"\r\n\r\n")
    if end < 0:
        return 0
    status, at = int(buffer[9:12]), buffer.find(b"content-length: ", 0, end)
    length = 0 if status == 304 or at < 0 else int(buffer[at + 16 : buffer.find(b"\r", at)])
    return status if len(buffer) >= end + 4 + length else 0
