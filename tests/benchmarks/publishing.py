"""`python -m tests.benchmarks.publishing N`: publications a second, one by one and compiled in bulk."""

import sys
import time

import django

django.setup()

from services_catalog.models import Service  # noqa: E402
from services_catalog.publication.transaction import Key, publishing  # noqa: E402

count = int(sys.argv[1])
services = list(Service.objects.order_by("pk")[:count])
began = time.perf_counter()
for number, service in enumerate(services):
    service.summary_it = f"Sommario {number} {began}"
    service.save_revision().publish()
print(f"revisions_published_one_by_one={count / (time.perf_counter() - began):.1f}")

keys = list(Service.objects.order_by("pk").values_list("pk", flat=True)[:2000])
began = time.perf_counter()
with publishing() as pending:
    pending.touch(Key("service", key) for key in keys)
print(f"records_compiled_in_bulk={len(keys) / (time.perf_counter() - began):.1f}")
