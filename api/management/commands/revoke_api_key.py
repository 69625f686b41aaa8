"""Take a key's power away, at once."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from api.keys.models import ApiKey


class Command(BaseCommand):
    help = "Revokes a key of the API: the next request with it is refused."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("prefix", help="the eight letters after the key's first underscore")

    def handle(self, *_args: Any, **options: Any) -> None:
        valid = ApiKey.objects.filter(prefix=options["prefix"], revoked_at__isnull=True)
        if not valid.update(revoked_at=timezone.now()):
            raise CommandError("there is no valid key that begins so")
