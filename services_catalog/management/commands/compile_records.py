"""`manage.py compile_records`: compile every published record again, after a change of their shape."""

from typing import Any

from django.core.management.base import BaseCommand

from services_catalog.publication.compiler import compile_all


class Command(BaseCommand):
    """Run after a deploy that raised SCHEMA_VERSION; readers go on reading meanwhile."""

    help = "Compile every published record again."

    def handle(self, **options: Any) -> None:
        self.stdout.write(f"{compile_all()} records are compiled")
