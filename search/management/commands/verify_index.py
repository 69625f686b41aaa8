"""`manage.py verify_index`: whether the search index equals the published records."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.engine import EngineDown
from search.indexing import Indexer
from services_catalog.publication.feed import READERS, head

SHOWN = 10


class Command(BaseCommand):
    """Ends with 1 and the differences, by id, where it does not."""

    help = "Compare the search index with the published records."

    def handle(self, **options: Any) -> None:
        equal = True
        for audience in READERS:
            indexer = Indexer(audience)
            try:
                state, differences = indexer.engine.state(), indexer.differences()
            except EngineDown as down:
                raise CommandError(f"{audience}: {down}") from None
            self.stdout.write(f"{audience}: {state.rows} rows at {state.position}, the feed is at {head()}")
            for name, keys in differences.items():
                equal = False
                more = f" and {len(keys) - SHOWN} more" if len(keys) > SHOWN else ""
                self.stdout.write(f"  {name}: {', '.join(map(str, keys[:SHOWN]))}{more}")
        if not equal:
            raise CommandError("the index differs from the records")
        self.stdout.write("the index equals the records")
