"""Gunicorn's threaded worker, which leaves new connections to a process that has less to do."""

import ctypes
import sys
import time
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

HESITATION = 0.005
"""Seconds that a process waits before it takes a connection, for each request it is answering: as long as one of its
threads may hold the interpreter, so that what it waits can be told from what another does."""


M_ARENA_MAX = -8
"""glibc's name for how many heaps a process may have (malloc.h)."""


class HesitantWorker(ThreadWorker):
    """Processes share one listening socket: whichever wakes first takes a connection, and has it while it is kept
    alive. Of four, all four then go to one of two processes one time in eight, and three every other time; who is
    there waits, beside an idle core.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.answering: set[Any] = set()

    def init_process(self) -> None:
        """Before there are threads: one heap for all. Each would have its own, and keep for itself what it has freed:
        18 MB a process, where only one of them at a time runs Python anyway."""
        if sys.platform == "linux" and hasattr(libc := ctypes.CDLL(None), "mallopt"):
            libc.mallopt(M_ARENA_MAX, 1)
        super().init_process()

    def accept(self, listener: Any) -> None:
        """Take a connection, if no other process has by then. What is answered meanwhile is waited for no more."""
        waited = 0
        while self.cfg.workers > 1 and waited < min(len(self.answering), self.cfg.threads):
            time.sleep(HESITATION)
            waited += 1
        super().accept(listener)

    def enqueue_req(self, conn: Any) -> None:
        """Count what is handed to threads."""
        self.answering.add(conn)
        super().enqueue_req(conn)

    def handle(self, conn: Any) -> Any:
        """Count what a thread has done. There and not by the main thread, which may be waiting."""
        try:
            return super().handle(conn)
        finally:
            self.answering.discard(conn)
