"""Whether the web process can listen on its port: asked before any long work.

Run as a script by the system's own Python before anything is installed (`make run`), so the standard library alone.
Where an `.env` may name another port, that first question waits until the settings can be read.
"""

from __future__ import annotations

import errno
import os
import socket
import sys
from pathlib import Path


def refusal(address: str, port: int) -> str | None:
    """Why nobody can listen there, as a sentence that says what to do; None if the port is free.

    Binding is the question and not connecting: a server that shares its port (SO_REUSEPORT) lets a second one start
    silently, and each then gets half of the visitors.
    """
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                return f"cannot listen on {address}, port {port}: {error.strerror}"
            other = port + 1 if port < 65535 else 8000
            return f"port {port} is in use, perhaps by an earlier make run: end that, or: make run PORT={other}"
    return None


def main() -> int:
    """Exit status 0 if the port named by PORT (8000 if unset) is free, 1 if it is not, 2 if it is no port."""
    if (Path(__file__).resolve().parents[2] / ".env").exists():
        return 0
    port = os.environ.get("PORT") or "8000"
    if not port.isdigit() or not 1 <= int(port) <= 65535:
        print("portolano: the environment variable PORT is wrong: a number from 1 to 65535", file=sys.stderr)
        return 2
    message = refusal(os.environ.get("LISTEN_ADDRESS") or "127.0.0.1", int(port))
    if message:
        print(f"portolano: {message}", file=sys.stderr)
    return 1 if message else 0


if __name__ == "__main__":
    sys.exit(main())
