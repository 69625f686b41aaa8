"""`python -m tests.benchmarks.multiply SERVICES`: the demonstration's published services, many times over.

Records alone, without editing tables: what search reads. Every copy has ids, a name, a place and hours of its own.
"""

import random
import sys
from collections.abc import Iterator
from uuid import UUID

import django
import orjson

django.setup()

from services_catalog.languages import ALL_LANGUAGES  # noqa: E402
from services_catalog.publication.records import PublishedRecord, RecordFacet  # noqa: E402

BATCH = 2000
TERRITORY = "valdarmonia"
LANGUAGES = ("it", ALL_LANGUAGES)
HOURS = (
    "Mo-Fr 09:00-13:00",
    "Mo-Su 12:00-14:00",
    "Tu,Th 15:00-18:00",
    "24/7",
    "Mo-Su 20:00-08:00",
    "Mo-Sa 08:30-19:00",
)


class Copies:
    """Makes the copies of one service's records."""

    def __init__(self) -> None:
        # Other copies than those of an earlier run.
        self.chance = random.Random(7 + PublishedRecord.objects.count())
        records = PublishedRecord.objects.filter(kind="service", audience="public", language__in=LANGUAGES)
        bodies: dict[UUID, dict[str, str]] = {}
        for key, language, body in records.order_by("uuid").values_list("uuid", "language", "body"):
            bodies.setdefault(key, {})[language] = body
        ours = [one for one in bodies.values() if set(one) == set(LANGUAGES) and f'"{TERRITORY}"' in one["it"]]
        self.templates = ours[:300]
        facets = RecordFacet.objects.filter(reader="public", kind="service").values_list("uuid", "facet", "value")
        self.facets: dict[str, list[tuple[str, str]]] = {}
        for key, facet, value in facets:
            self.facets.setdefault(str(key), []).append((facet, value))

    def batch(self, count: int) -> tuple[list[PublishedRecord], list[RecordFacet]]:
        """Records and facets of so many new services."""
        records, facets = [], []
        for _ in range(count):
            template = self.chance.choice(self.templates)
            key, number = UUID(int=self.chance.getrandbits(128), version=4), self.chance.randrange(10**6)
            state = self.chance.getrandbits(32)
            for language, text in template.items():
                body = orjson.loads(text)
                old = body["id"]
                self._vary(body, key, number, random.Random(state))
                said = orjson.dumps(body)
                records.append(
                    PublishedRecord(
                        kind="service",
                        uuid=key,
                        audience="public",
                        language=language,
                        for_public=True,
                        for_operator=False,
                        body=said.decode(),
                        checksum=f"{key.int:032x}",
                        schema_version=1,
                        seq=1,
                    )
                )
            facets += [
                RecordFacet(reader="public", kind="service", uuid=key, facet=facet, value=value)
                for facet, value in self.facets.get(old, ())
            ]
        return records, facets

    def _vary(self, body: dict[str, object], key: UUID, number: int, chance: random.Random) -> None:
        body["id"] = str(key)
        name = body["name"]
        body["name"] = (
            {code: f"{text} {number}" for code, text in name.items()} if isinstance(name, dict) else f"{name} {number}"
        )
        for at in body["locations"]:  # type: ignore[attr-defined]
            at["id"] = str(UUID(int=chance.getrandbits(128), version=4))
            at["location"]["latitude"] = round(45 + chance.random(), 4)
            at["location"]["longitude"] = round(9 + chance.random(), 4)
            for schedule in at["schedules"]:
                if schedule["opening_hours"]:
                    schedule["opening_hours"] = chance.choice(HOURS)


def batches(count: int) -> Iterator[int]:
    """`count` in batches."""
    while count > 0:
        yield min(BATCH, count)
        count -= BATCH


if __name__ == "__main__":
    copies = Copies()
    for size in batches(int(sys.argv[1])):
        records, facets = copies.batch(size)
        PublishedRecord.objects.bulk_create(records, batch_size=500)
        RecordFacet.objects.bulk_create(facets, batch_size=2000)
