"""`manage.py load_demonstration`: five territories true to their documents, and an invented one."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from services_catalog.demonstration.load import TERRITORIES, load
from services_catalog.exchange.lines import ImportRefused
from services_catalog.models import Territory
from services_catalog.publication.compiler import compile_stale


class Command(BaseCommand):
    """May be run again: a territory that is there is left as people have made it since, unless asked otherwise."""

    help = "Loads the demonstration territories, published. Needs the reference data (load_reference)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--territory", choices=TERRITORIES, action="append", help="this one alone (repeatable)")
        parser.add_argument("--again", action="store_true", help="bring back what was edited since the first load")

    def handle(self, *args: Any, **options: Any) -> None:
        present = set() if options["again"] else set(Territory.objects.values_list("slug", flat=True))
        for slug in options["territory"] or TERRITORIES:
            if slug in present:
                self._say(options, f"{slug}: already here")
            else:
                self._load(slug, options)
        while compile_stale():
            self._say(options, "terms in the territories' languages")

    def _load(self, slug: str, options: dict[str, Any]) -> None:
        started = time.monotonic()
        try:
            done = load(slug)
        except ImportRefused as refused:
            raise CommandError(f"{slug} was left as it is.\n{refused}") from None
        told = f"new {done.new}, changed {done.changed}, as they were {done.unchanged}"
        self._say(options, f"{slug}: {told} ({time.monotonic() - started:.1f} s)")

    def _say(self, options: dict[str, Any], text: str) -> None:
        if options["verbosity"]:
            self.stdout.write(text)
            self.stdout.flush()
