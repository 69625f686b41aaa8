"""A small load generator on keep-alive sockets: cheap enough not to be what is measured."""

import socket
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True)
class Load:
    """What a run saw: requests a second, and milliseconds by percentile."""

    per_second: float
    p50: float
    p95: float


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which this share of `values` lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


class Connection:
    """One connection, opened again where the server closes it."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.socket: socket.socket | None = None

    def get(self, path: str) -> int:
        """The status of a GET, its body read to the end."""
        request = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\n\r\n".encode()
        for _attempt in range(2):
            if self.socket is None:
                self.socket = socket.create_connection(("127.0.0.1", self.port), timeout=60)
                self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            try:
                self.socket.sendall(request)
                return self._read()
            except (ConnectionError, EOFError):
                self.socket.close()
                self.socket = None
        raise ConnectionError(f"the server closed the connection twice on {path}")

    def _read(self) -> int:
        assert self.socket is not None
        data = b""
        while b"\r\n\r\n" not in data:
            data += self._some()
        head, _, body = data.partition(b"\r\n\r\n")
        headers = dict(line.split(b": ", 1) for line in head.lower().split(b"\r\n")[1:])
        left = int(headers[b"content-length"]) - len(body)
        while left > 0:
            left -= len(self._some())
        if headers.get(b"connection") == b"close":
            self.socket.close()
            self.socket = None
        return int(head.split(b" ", 2)[1])

    def _some(self) -> bytes:
        assert self.socket is not None
        if not (chunk := self.socket.recv(262144)):
            raise EOFError
        return chunk


def run(port: int, paths: Sequence[str], seconds: float, clients: int = 4) -> Load:
    """Ask for `paths` in turn from several clients for a while. Raises AssertionError on an answer that is not 200."""
    with asking(port, paths, clients) as took:
        began = time.perf_counter()
        time.sleep(seconds)
        elapsed = time.perf_counter() - began
    return Load(len(took) / elapsed, percentile(took, 0.5) * 1000, percentile(took, 0.95) * 1000)


@contextmanager
def asking(port: int, paths: Sequence[str], clients: int = 4) -> Iterator[list[float]]:
    """Several clients ask for `paths` in turn until the block ends: how long each answer took, in seconds, so far.

    Raises AssertionError at the end on an answer that was not 200.
    """
    took: list[float] = []
    failed: list[str] = []
    ended = threading.Event()

    def client(number: int) -> None:
        connection, turn = Connection(port), number
        while not ended.is_set() and not failed:
            path = paths[turn % len(paths)]
            turn += clients
            began = time.perf_counter()
            if (status := connection.get(path)) != 200:
                failed.append(f"{path}: {status}")
            took.append(time.perf_counter() - began)

    threads = [threading.Thread(target=client, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    try:
        yield took
    finally:
        ended.set()
        for thread in threads:
            thread.join()
    assert not failed, failed[:3]
