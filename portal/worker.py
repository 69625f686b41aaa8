"""Gunicorn's threaded worker, which leaves new connections to a process that has less to do."""

import time
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

HESITATION = 0.005
"""Seconds that a process waits before it takes a connection, for each request it is answering: as long as one of its
threads may hold the interpreter, so that what it waits can be told from what another does."""


class HesitantWorker(ThreadWorker):
    """Processes share one listening socket: whichever wakes first takes a connection, and has it while it is kept
    alive. Of four, all four then go to one of two processes one time in eight, and three every other time; who is
    there waits, beside an idle core.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.answering = 0

    def accept(self, listener: Any) -> None:
        """Take a connection, if no other process has by then."""
        if self.cfg.workers > 1:
            time.sleep(HESITATION * min(self.answering, self.cfg.threads))
        super().accept(listener)

    def enqueue_req(self, conn: Any) -> None:
        """Count what is handed to threads: done by the one main thread, as what follows."""
        self.answering += 1
        super().enqueue_req(conn)

    def finish_request(self, conn: Any, fs: Any) -> None:
        """Count what threads have given back."""
        self.answering -= 1
        super().finish_request(conn, fs)
