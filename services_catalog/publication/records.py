"""Published records: what every reader reads. No foreign key leads from them to the editing tables."""

from collections.abc import Iterable, Mapping
from typing import Self
from uuid import UUID

from django.db import models

from services_catalog.choices import Audience
from services_catalog.publication.feed import visible_to

KINDS = ("service", "organization", "location", "term", "attribute", "territory", "guide")


class RecordQuerySet(models.QuerySet["PublishedRecord"]):
    """The reads of the house: an audience and a language first, then what is asked."""

    def readable_by(self, reader: str) -> Self:
        """The one record of each thing that `reader` is to see. An audience without records sees none."""
        if reader not in visible_to(reader):
            return self.none()
        return self.filter(**{f"for_{Audience(reader).value}": True})

    def of(self, kind: str, reader: str, language: str) -> Self:
        """Records of a kind in a language (or "all") for a reader, in the order of their ids."""
        return self.readable_by(reader).filter(kind=kind, language=language).order_by("uuid")

    def among(self, keys: Iterable[UUID], reader: str, kind: str, facets: Mapping[str, Iterable[str]]) -> Self:
        """Records of a few things, by their ids, that carry what `having` asks: of these alone it is looked up."""
        few = list(keys)
        return self.filter(uuid__in=few)._carrying(RecordFacet.objects.filter(uuid__in=few), reader, kind, facets)

    def having(self, reader: str, kind: str, facets: Mapping[str, Iterable[str]]) -> Self:
        """Records that carry, for every facet named, at least one of its values."""
        return self._carrying(RecordFacet.objects.all(), reader, kind, facets)

    def _carrying(
        self, carried: "models.QuerySet[RecordFacet]", reader: str, kind: str, facets: Mapping[str, Iterable[str]]
    ) -> Self:
        found = self
        for facet, values in facets.items():
            carriers = carried.filter(reader=reader, kind=kind, facet=facet, value__in=list(values))
            found = found.filter(uuid__in=carriers.values("uuid"))
        return found


class PublishedRecord(models.Model):
    """A body as one audience reads it in one language: JSON text in the shape of `document.SHAPES[kind]`.

    An audience beyond the public has a row of its own only where its body differs: `for_operator` says which row is the
    operators'.
    """

    kind = models.CharField(max_length=16)
    uuid = models.UUIDField()
    audience = models.CharField(max_length=8, choices=Audience)
    language = models.CharField(max_length=8)
    for_public = models.BooleanField()
    for_operator = models.BooleanField()
    body = models.TextField()
    checksum = models.CharField(max_length=32)
    schema_version = models.PositiveSmallIntegerField()
    seq = models.BigIntegerField()
    published_at = models.DateTimeField(auto_now_add=True)
    modified_at = models.DateTimeField(auto_now=True)

    objects = RecordQuerySet.as_manager()

    class Meta:
        app_label = "services_catalog"
        constraints = [
            models.UniqueConstraint(fields=["kind", "uuid", "audience", "language"], name="one_record"),
            models.CheckConstraint(condition=~models.Q(audience=Audience.SEALED), name="sealed_has_no_record"),
            models.CheckConstraint(
                condition=models.Q(for_public=False) | models.Q(audience=Audience.PUBLIC), name="public_reads_public"
            ),
        ]
        indexes = [
            models.Index(
                fields=["kind", "language", "uuid"], condition=models.Q(for_public=True), name="record_for_public"
            ),
            models.Index(
                fields=["kind", "language", "uuid"], condition=models.Q(for_operator=True), name="record_for_operator"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.uuid} {self.audience} {self.language}"


class RecordFacet(models.Model):
    """A value by which a reader finds a record: a term, an organization, a comune … as the body of that reader says.

    One row a reader, also where both read the same body: a filter then needs one index and no join.
    """

    reader = models.CharField(max_length=8, choices=Audience)
    kind = models.CharField(max_length=16)
    uuid = models.UUIDField()
    facet = models.CharField(max_length=40)
    value = models.CharField(max_length=64)

    class Meta:
        app_label = "services_catalog"
        constraints = [
            models.UniqueConstraint(fields=["reader", "kind", "facet", "value", "uuid"], name="one_facet_value"),
        ]
        # The id first: with the kind first, a planner that holds the table empty reads all of a kind, for every record.
        indexes = [models.Index(fields=["uuid", "kind"], name="facets_by_record")]

    def __str__(self) -> str:
        return f"{self.facet}={self.value}"


def body(kind: str, key: UUID, reader: str, language: str) -> bytes | None:
    """The body of one thing, or None where the reader has none. One query."""
    found = PublishedRecord.objects.of(kind, reader, language).filter(uuid=key).values_list("body", flat=True).first()
    return None if found is None else found.encode()


def bodies(kind: str, keys: Iterable[UUID], reader: str, language: str) -> dict[UUID, bytes]:
    """The bodies of many things, those without one left out. One query."""
    rows = PublishedRecord.objects.of(kind, reader, language).filter(uuid__in=list(keys)).values_list("uuid", "body")
    return {key: text.encode() for key, text in rows}
