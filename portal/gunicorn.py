"""The web server's configuration: `gunicorn --config python:portal.gunicorn portal.wsgi`."""

import logging
import os
import subprocess
import sys

from gunicorn.arbiter import Arbiter
from gunicorn.http import message

from portal.settings.environment import BASE_DIR, read

SLOWEST_STATEMENT_SECONDS = 60
"""After which PostgreSQL gives up on what a web process asked of it: whoever waited has gone, and a thread is held."""

_environment = read()
_address = _environment.listen_address

bind = f"[{_address}]:{_environment.port}" if ":" in _address else f"{_address}:{_environment.port}"
workers = _environment.web_concurrency
# Browsers open connections ahead of need and leave them idle; a process that reads one connection at a time would wait
# for each, and two such visitors would hold both. Threads wait only for connections that have spoken.
worker_class = "portal.worker.HesitantWorker"
threads = 4
# The embedded index and the database are opened by each process after it is forked, never shared across the fork.
preload_app = False
max_requests = 20_000
max_requests_jitter = 2_000
timeout = 60
graceful_timeout = 10
keepalive = 5
# 4,000 characters, the longest question, are 48,000 bytes in an address where each takes four. Gunicorn's own
# most, 8,190, refuses a story told in Arabic, and does so in English.
message.MAX_REQUEST_LINE = limit_request_line = 65_536
worker_tmp_dir = "/dev/shm" if sys.platform == "linux" else None  # noqa: S108  a heartbeat that no disk can delay
# One per installation it would have to be, and nobody speaks to it.
control_socket_disable = True
loglevel = "warning"
accesslog = "-"
# Neither query strings, nor where visitors come from, nor their address: what frightened people search for is theirs.
access_log_format = "%(t)s %(m)s %(U)s %(s)s %(B)s bytes %(M)s ms"


class WithoutQuery(logging.Filter):
    """Cuts the query string from what the server says about a request that failed."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(part.partition("?")[0] if isinstance(part, str) else part for part in record.args)
        return True


def on_starting(_server: Arbiter) -> None:
    """Refuse to serve from a database that does not answer or is behind: each page would be an error."""
    # Read by the database's own client; commands, which may have long work, set none.
    os.environ.setdefault("PGOPTIONS", f"-c statement_timeout={SLOWEST_STATEMENT_SECONDS}s")
    logging.getLogger("gunicorn.error").addFilter(WithoutQuery())
    if subprocess.run([sys.executable, "-m", "portal.checks"], cwd=BASE_DIR).returncode:
        raise SystemExit(1)
