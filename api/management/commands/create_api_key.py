"""Make a key of the API and print it, this once."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from api.keys.models import ApiKey
from services_catalog.choices import Audience
from services_catalog.models import Territory
from services_catalog.publication.feed import READERS


class Command(BaseCommand):
    help = "Makes a key of the API and prints it: only its digest is kept."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--label", required=True, help="whose key it is")
        parser.add_argument("--audience", required=True, choices=[str(reader) for reader in READERS])
        parser.add_argument("--territory", help="short name of the only territory it reads (default: all)")

    def handle(self, *_args: Any, **options: Any) -> None:
        key, secret = ApiKey.objects.issue(
            options["label"], Audience(options["audience"]), self.territory(options["territory"])
        )
        self.stderr.write(f"Key {key.prefix} of {key.label} reads what is for: {key.get_audience_display()}.")
        self.stderr.write("Send it as `Authorization: Bearer …`. It is shown this once:")
        self.stdout.write(secret)

    def territory(self, slug: str | None) -> Territory | None:
        """The territory named, if one is. Raises CommandError if there is none of that name."""
        if slug is None:
            return None
        try:
            return Territory.objects.get(slug=slug)
        except Territory.DoesNotExist:
            raise CommandError(f"there is no territory “{slug}”") from None
