"""`python -m tests.benchmarks.sample N`: a need that many services meet, then N ids of services, spread over all."""

import sys

import django

django.setup()

from services_catalog.models import Service, TaxonomyTerm  # noqa: E402

count = int(sys.argv[1])
print(TaxonomyTerm.objects.get(taxonomy="need", slug="bench-0").pk)
ids = list(Service.objects.order_by("pk").values_list("pk", flat=True))
print("\n".join(str(key) for key in ids[:: max(1, len(ids) // count)][:count]))
