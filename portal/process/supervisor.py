"""Keeps the installation's processes running, and ends them together."""

import ctypes
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

# A process that lived this long (seconds) was well: its next end is a new trouble, not the same one again.
WELL = 30.0
LONGEST_PAUSE = 30.0
# How long processes may take to finish what they have in hand before they are killed (seconds).
GRACE = 15.0
PR_SET_PDEATHSIG = 1


def _end_with_parent() -> None:
    """Ask Linux to end this process when its parent dies, however that dies: nobody is left holding the port."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass
class Child:
    """One program kept running: started again when it ends, after a pause that doubles while it keeps ending soon."""

    name: str
    command: Sequence[str]
    failures: int = 0
    process: "subprocess.Popen[bytes] | None" = None
    _started: float = 0.0
    _not_before: float = 0.0

    def look_after(self, now: float) -> None:
        """Start the program if it does not run and its pause is over; `now` in monotonic seconds."""
        if self.process is None:
            if now >= self._not_before:
                self.start(now)
        elif self.process.poll() is not None:
            self._ended(now, self.process.returncode)

    def start(self, now: float) -> None:
        # A group of its own: Ctrl-C reaches the supervisor alone, which ends its children in order.
        self.process = subprocess.Popen(self.command, process_group=0, preexec_fn=_end_with_parent)
        self._started = now

    def _ended(self, now: float, status: int) -> None:
        self.failures = 1 if now - self._started >= WELL else self.failures + 1
        pause = min(0.5 * 2 ** (self.failures - 1), LONGEST_PAUSE)
        self.process, self._not_before = None, now + pause
        how = f"was killed by signal {-status}" if status < 0 else f"ended with status {status}"
        print(f"portolano: {self.name} {how}; starting it again in {pause:.1f} s", file=sys.stderr, flush=True)


@dataclass
class Supervisor:
    """Runs children until told to stop (Ctrl-C, SIGTERM, the terminal closed); visitors need the first of them."""

    children: Sequence[Child]
    stop: threading.Event = field(default_factory=threading.Event)

    def run(self, ready: Callable[[], bool], when_ready: Callable[[], None], patience: int = 3) -> int:
        """Keep the children running; returns the exit status.

        `when_ready` is called once, as soon as `ready` says so. If the first child ends `patience` times before that,
        trying again will not help: all end, with status 1.
        """
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda *_: self.stop.set())
        waiting = True
        try:
            while not self.stop.wait(0.2):
                for child in self.children:
                    child.look_after(time.monotonic())
                if waiting and ready():
                    waiting = False
                    when_ready()
                if waiting and self.children[0].failures >= patience:
                    return 1
        finally:
            self.end()
        return 0

    def end(self) -> None:
        """End every child: first asked, then killed."""
        processes = [child.process for child in self.children if child.process]
        for process in processes:
            process.terminate()
        deadline = time.monotonic() + GRACE
        for process in processes:
            try:
                process.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
