"""`manage.py load_reference`: the comuni of Italy and the core taxonomies."""

from typing import Any

from django.core.management.base import BaseCommand

from services_catalog.data.load import load_comuni, load_taxonomies


class Command(BaseCommand):
    """May be run again at any time: what is already right, and what somebody has edited, is left alone."""

    help = "Loads the comuni of Italy and the core taxonomies. Adds and corrects; edits stand, and nothing is deleted."

    def handle(self, *args: Any, **options: Any) -> None:
        comuni, terms = load_comuni(), load_taxonomies()
        if options["verbosity"]:
            self.stdout.write(f"comuni new or corrected: {comuni}; terms: {terms}")
