"""`manage.py follow`: keep the search index equal to what is published."""

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from search.engine import EngineDown
from search.follower import Follower, LockBusy, health, only_follower


class Command(BaseCommand):
    """Runs until SIGTERM or SIGINT, which end it after the batch in hand."""

    help = "Keep the search index equal to what is published."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="catch up, then end")
        parser.add_argument("--check", action="store_true", help="say whether a running follower follows; 1 if not")

    def handle(self, *, once: bool, check: bool, **options: Any) -> None:
        if check:
            if troubles := health(timezone.now()):
                raise CommandError("; ".join(troubles))
            self.stdout.write("the follower follows")
            return
        try:
            with only_follower():
                self._once() if once else self._until_told()
        except LockBusy as busy:
            raise CommandError(f"LockBusy: {busy}", returncode=3) from None

    def _once(self) -> None:
        follower = Follower()
        while follower.round():
            pass
        follower.beat(now=True)
        if troubles := [followed.trouble for followed in follower.followed if followed.trouble]:
            raise CommandError(EngineDown.__name__ + ": " + "; ".join(dict.fromkeys(troubles)))

    def _until_told(self) -> None:
        told = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda _number, _frame: told.set())
        Follower(wait=told.wait).run(told.is_set)
