"""What can go wrong around a process, made to happen: a disk without room, a server that is away."""

import resource
import select
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit


@contextmanager
def full_disk() -> Iterator[None]:
    """No file of this process can grow: what is written fails with OSError, in Python and in Rust."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


class Line:
    """A way to a server that can be cut and mended; `url` is this end of it."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._there = parts.hostname or "127.0.0.1", parts.port or 80
        self._here = ("127.0.0.1", 0)
        self._listening: socket.socket | None = None
        self._open: list[socket.socket] = []
        self.mend()
        self.url = f"http://127.0.0.1:{self._here[1]}"

    def mend(self) -> None:
        """Listen, on the same port as before."""
        self._listening = socket.create_server(self._here)
        self._here = self._listening.getsockname()
        threading.Thread(target=self._accept, args=(self._listening,), daemon=True).start()

    def cut(self) -> None:
        """Refuse who comes, and end what is under way."""
        if self._listening:
            self._end(self._listening, *self._open)
        self._listening, self._open = None, []

    def _accept(self, listening: socket.socket) -> None:
        while True:
            try:
                near, _address = listening.accept()
                far = socket.create_connection(self._there)
            except OSError:
                return
            self._open += [near, far]
            threading.Thread(target=self._carry, args=(near, far), daemon=True).start()

    def _carry(self, near: socket.socket, far: socket.socket) -> None:
        try:
            while True:
                for ready in select.select([near, far], [], [])[0]:
                    if not (data := ready.recv(1 << 16)):
                        return
                    (far if ready is near else near).sendall(data)
        except (OSError, ValueError):
            return
        finally:
            self._end(near, far)

    @staticmethod
    def _end(*sockets: socket.socket) -> None:
        for one in sockets:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()
