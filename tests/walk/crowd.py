"""`python -m tests.walk.crowd TOTAL`: publishes until there are TOTAL publications of this run, then ends.

Stands for web processes that may be killed at any moment: what was committed stays, the next process goes on.
"""

import sys

import django

django.setup()

from services_catalog.models import Service  # noqa: E402


def published() -> int:
    """Publications so far: each leaves its number in the service's texts, in the transaction that publishes it."""
    numbers = Service.objects.exclude(times_it=None).values_list("times_it", flat=True)
    return max((int(number) for number in numbers if number.isdecimal()), default=0)


def main(total: int) -> None:
    """Edit, publish, unpublish and delete, in a fixed round."""
    services = list(Service.objects.order_by("pk").values_list("pk", flat=True))
    for number in range(published() + 1, total + 1):
        service = Service.objects.get(pk=services[number % len(services)])
        service.times_it = str(number)
        service.summary_it = f"Pubblicazione {number}"
        service.save_revision().publish()
        print(number, flush=True)
        if number % 10 == 0:
            service.refresh_from_db()
            service.unpublish()


main(int(sys.argv[1]))
