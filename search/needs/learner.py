"""Learns in a process of its own when phrases have changed, while the follower goes on following."""

import subprocess
import sys
import time
from dataclasses import dataclass, field

from django.conf import settings

from search.needs import store, training

LOOK_SECONDS = 2.0
REST_SECONDS = 3.0
"""Phrases must have rested so long: an editor writes several, an import thousands."""
CHECK_SECONDS = 60.0
LONGEST_WAIT_SECONDS = 600.0
"""Learning that fails (no room on the disk, a process ended) is tried again ever more seldom: it takes a processor."""


@dataclass
class Learner:
    """Looked after by the follower, round after round. `trouble` says what is wrong, "" if nothing is."""

    trouble: str = field(default="", init=False)
    _looked_at: float = field(default=float("-inf"), init=False)
    _seen: str = field(default="", init=False)
    _rests_since: float = field(default=0.0, init=False)
    _child: subprocess.Popen[bytes] | None = field(default=None, init=False)
    _checked_at: float = field(default=float("-inf"), init=False)
    _damaged: bool = field(default=False, init=False)
    _waits: float = field(default=0.0, init=False)
    _again_at: float = field(default=0.0, init=False)

    def look(self) -> None:
        """Begin to learn if there is something new that has rested. Two queries, every LOOK_SECONDS."""
        now = time.monotonic()
        if now - self._looked_at < LOOK_SECONDS or self._learns():
            return
        self._looked_at = now
        self._mind_the_child(now)
        self._check(now)
        state = training.state()
        if state != self._seen:
            self._seen, self._rests_since = state, now
            self._waits = self._again_at = 0.0
        rested = now - self._rests_since >= REST_SECONDS and now >= self._again_at
        if rested and (self._damaged or training.has_changed()):
            command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "learn_needs"]
            self._child = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603  (our own command)

    def stop(self) -> None:
        """End what is being learnt: it is begun again at the next start."""
        if self._child and self._child.poll() is None:
            self._child.terminate()
            self._child.wait(10)

    def _mind_the_child(self, now: float) -> None:
        """Take note of how learning ended."""
        if self._child is None:
            return
        failed, self._child = self._child.poll() != 0, None
        self._checked_at = float("-inf")
        self._waits = min(LONGEST_WAIT_SECONDS, max(LOOK_SECONDS, 2 * self._waits)) if failed else 0.0
        self._again_at = now + self._waits

    def _check(self, now: float) -> None:
        """Say what is wrong with what was learnt. Reads the model, every CHECK_SECONDS."""
        if now - self._checked_at < CHECK_SECONDS:
            return
        self._checked_at, self._damaged = now, store.is_damaged()
        self.trouble = self._what_is_wrong()

    def _what_is_wrong(self) -> str:
        if self._damaged:
            return "the model of needs is damaged: questions are answered by words alone until it is learnt again"
        if store.folder().current() is None and training.has_phrases():
            return "no model of needs yet: questions are answered by words alone until it is learnt"
        failing = self._waits and training.has_changed()
        return "phrases could not be learnt: it is tried again" if failing else ""

    def _learns(self) -> bool:
        return self._child is not None and self._child.poll() is None
