"""`manage.py new_epoch`: after restoring a backup, refuse the cursors that readers got before."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from services_catalog.publication.feed import FeedHead, new_epoch
from services_catalog.publication.statistics import refresh_statistics


class Command(BaseCommand):
    """A restored database numbers its changes anew: a reader's old cursor would skip them unnoticed."""

    help = "Give the feed a new epoch: readers start again from a snapshot."

    def handle(self, **options: Any) -> None:
        with transaction.atomic():
            head = FeedHead.lock()
            head.epoch = new_epoch()
            head.save(update_fields=["epoch"])
        refresh_statistics()
        self.stdout.write(f"the feed is at {head}")
