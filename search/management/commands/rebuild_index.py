"""`manage.py rebuild_index`: build the search index anew beside the one in use, then swap."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.engine import EngineDown
from search.follower import LockBusy, only_follower, rebuild_request_path
from search.indexing import Indexer
from services_catalog.publication.feed import READERS

LONGEST_SECONDS = 600


class Command(BaseCommand):
    """Does it here, or has the running follower do it: an index has one writer."""

    help = "Build the search index anew from the published records, then swap; searches go on meanwhile."

    def handle(self, **options: Any) -> None:
        try:
            with only_follower():
                self._rebuild()
        except LockBusy:
            self._ask()

    def _rebuild(self) -> None:
        for audience in READERS:
            started = time.monotonic()
            try:
                rows = Indexer(audience).rebuild()
            except EngineDown as down:
                raise CommandError(f"EngineDown: {down}") from None
            self.stdout.write(f"{audience}: {rows} rows in {time.monotonic() - started:.1f} s")

    def _ask(self) -> None:
        request = rebuild_request_path()
        request.touch()
        self.stdout.write("the follower is running: it rebuilds")
        until = time.monotonic() + LONGEST_SECONDS
        while request.exists():
            if time.monotonic() > until:
                raise CommandError("the follower has not rebuilt the index: see `manage.py follow --check`")
            time.sleep(0.2)
        self.stdout.write("rebuilt")
