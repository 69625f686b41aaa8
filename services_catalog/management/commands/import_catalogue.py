"""`manage.py import_catalogue FILE --territory SLUG`: JSON Lines into the catalogue, all or nothing."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from services_catalog.exchange.file import import_file
from services_catalog.exchange.lines import MOST_ERRORS, ImportRefused, read
from services_catalog.models import Territory
from services_catalog.publication.compiler import compile_stale


class Command(BaseCommand):
    """Takes what `export_catalogue` writes, and the same shape made by anybody else."""

    help = "Imports services from JSON Lines by their id, in one transaction: all of the file, or nothing and why."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--territory", required=True, metavar="SLUG")
        parser.add_argument(
            "--territory-too", action="store_true", help="bring a territory that is there to what the file says of it"
        )
        parser.add_argument(
            "--publish",
            action="store_true",
            help="publish at once; without it readers see a new territory, and nothing else",
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would happen and change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        chosen = {name: options[name] for name in ("publish", "dry_run", "territory_too")}
        try:
            with options["file"].open("rb") as file:
                lines = read(file)
            done = import_file(lines, options["territory"], **chosen)
        except Territory.DoesNotExist:
            known = ", ".join(sorted(Territory.objects.values_list("slug", flat=True))) or "none"
            missing = f"There is no territory “{options['territory']}”, and the file does not describe it"
            raise CommandError(f"{missing}. Known: {known}.") from None
        except OSError as error:
            raise CommandError(f"{options['file']} cannot be read: {error.strerror}.") from None
        except ImportRefused as refused:
            raise CommandError(_told(refused)) from None
        while not options["dry_run"] and compile_stale():
            pass  # terms, in the languages of a new territory
        would = "would be " if options["dry_run"] else ""
        left = "" if options["publish"] else " Nothing is published: --publish does that."
        self.stdout.write(f"{would}new {done.new}, changed {done.changed}, as they were {done.unchanged}.{left}")


def _told(refused: ImportRefused) -> str:
    more = len(refused.errors) - MOST_ERRORS
    rest = f"\n… and {more} more." if more > 0 else ""
    return f"Nothing was imported.\n{refused}{rest}"
