"""A process of the concurrency test: `write WORKER TIMES` edits the catalogue, `tail DONE` reads the feed until
the file DONE is there and nothing more comes.

Run with Django's settings in the environment; the parent has migrated the database and made the cast.
"""

import json
import random
import sys
from pathlib import Path

import django

django.setup()

from services_catalog import models  # noqa: E402
from services_catalog.publication import feed  # noqa: E402


def write(worker: int, times: int) -> None:
    """Edits of every kind on the same few rows as everybody else."""
    chance = random.Random(worker)
    services = list(models.Service.objects.order_by("pk").values_list("pk", flat=True))
    organization = models.Organization.objects.get()
    for turn in range(times):
        service = models.Service.objects.get(pk=chance.choice(services))
        mark = f"{worker}.{turn}"
        match chance.randrange(4):
            case 0:
                service.summary_it = mark
                service.save_revision().publish()
            case 1:
                models.Phone.objects.create(service=service, number=f"0781 {mark}")
            case 2:
                models.Service.objects.filter(pk=service.pk).update(url=f"https://example.org/{mark}")
            case 3:
                organization.alternate_name = mark
                organization.save(update_fields=["alternate_name"])


def tail(done: Path) -> None:
    """Follow the feed by cursor as any reader does, and print what was read."""
    seen: list[int] = []
    while True:
        ended = done.exists()
        changes = feed.changes_after("operator", seen[-1] if seen else 0, limit=50)
        seen.extend(change.seq for change in changes)
        if ended and not changes:
            break
    print(json.dumps(seen))


if __name__ == "__main__":
    if sys.argv[1] == "write":
        write(int(sys.argv[2]), int(sys.argv[3]))
    else:
        tail(Path(sys.argv[2]))
