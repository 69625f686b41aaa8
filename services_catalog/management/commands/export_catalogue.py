"""`manage.py export_catalogue --territory SLUG`: the published catalogue as JSON Lines."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from services_catalog.choices import Audience
from services_catalog.exchange.export import export_lines
from services_catalog.models import Territory
from services_catalog.publication.feed import READERS


class Command(BaseCommand):
    """The territory, then one service a line, as the API serves them in all languages."""

    help = "Writes a territory and its published services as JSON Lines, as the API serves them in all languages."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--territory", required=True, metavar="SLUG")
        parser.add_argument(
            "--audience", choices=[str(reader.value) for reader in READERS], default=Audience.PUBLIC.value
        )
        parser.add_argument(
            "--output", type=Path, metavar="FILE", help="a file that is replaced; standard output if unset"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        slug = options["territory"]
        if not Territory.objects.filter(slug=slug).exists():
            raise CommandError(f"There is no territory “{slug}”. Known: {', '.join(_slugs()) or 'none'}.")
        lines = export_lines(slug, options["audience"])
        if options["output"] is None:
            sys.stdout.buffer.writelines(lines)
            return
        try:
            count = _write(options["output"], lines)
        except OSError as error:
            raise CommandError(f"{options['output']} cannot be written: {error.strerror}.") from None
        self.stdout.write(f"{count} lines in {options['output']}")


def _slugs() -> list[str]:
    return sorted(Territory.objects.values_list("slug", flat=True))


def _write(path: Path, lines: Any) -> int:
    """Write beside the file and swap: a full disk leaves the old export whole. Returns the number of lines."""
    unfinished = path.with_name(path.name + ".part")
    count = 0
    with unfinished.open("wb") as file:
        for line in lines:
            file.write(line)
            count += 1
    unfinished.replace(path)
    return count
