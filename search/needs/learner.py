"""Learns in a process of its own when phrases have changed, while the follower goes on following."""

import subprocess
import sys
import time
from dataclasses import dataclass, field

from django.conf import settings

from search.needs import training

LOOK_SECONDS = 2.0
REST_SECONDS = 3.0
"""Phrases must have rested so long: an editor writes several, an import thousands."""


@dataclass
class Learner:
    """Looked after by the follower, round after round."""

    _looked_at: float = field(default=float("-inf"), init=False)
    _seen: str = field(default="", init=False)
    _rests_since: float = field(default=0.0, init=False)
    _child: subprocess.Popen[bytes] | None = field(default=None, init=False)

    def look(self) -> None:
        """Begin to learn if there is something new that has rested. Two queries, every LOOK_SECONDS."""
        now = time.monotonic()
        if now - self._looked_at < LOOK_SECONDS or self._learns():
            return
        self._looked_at = now
        state = training.state()
        if state != self._seen:
            self._seen, self._rests_since = state, now
        if now - self._rests_since >= REST_SECONDS and training.is_due():
            command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "learn_needs"]
            self._child = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603  (our own command)

    def stop(self) -> None:
        """End what is being learnt: it is begun again at the next start."""
        if self._child and self._child.poll() is None:
            self._child.terminate()
            self._child.wait(10)

    def _learns(self) -> bool:
        return self._child is not None and self._child.poll() is None
