"""An export imported into an empty installation gives equal records."""

from uuid import UUID

import pytest

from services_catalog import models
from services_catalog.demonstration.load import TERRITORIES, load
from tests.services_catalog.exchange.conftest import exported, imported

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def records(reader: str) -> dict[tuple[str, UUID, str], str]:
    found = models.PublishedRecord.objects.filter(**{f"for_{reader}": True}).exclude(kind="term")
    return {(record.kind, record.uuid, record.language): record.body for record in found}


@pytest.mark.parametrize("reader", ["public", "operator"])
@pytest.mark.parametrize("slug", TERRITORIES)
def test_every_territory_comes_back_byte_for_byte(slug, reader, reference, emptied):
    load(slug)
    before, content = records(reader), exported(slug, reader)

    summary = imported(emptied(slug), *content.splitlines(), publish=True)

    assert summary.changed == summary.unchanged == 0
    assert records(reader) == before
    assert exported(slug, reader) == content


def test_importing_an_export_where_it_came_from_changes_nothing(valdarmonia):
    before = models.Change.objects.count()
    revisions = models.Service.objects.values_list("latest_revision_id", flat=True)
    held = list(revisions.order_by("pk"))

    for reader in ("public", "operator"):
        summary = imported(valdarmonia, *exported("valdarmonia", reader).splitlines(), publish=True)
        assert summary.new == summary.changed == 0

    assert models.Change.objects.count() == before
    assert list(revisions.order_by("pk")) == held
