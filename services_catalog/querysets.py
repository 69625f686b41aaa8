"""The reads of the editing tables that screens ask for, by name."""

from typing import TYPE_CHECKING, Any, Self

from services_catalog.languages import columns
from services_catalog.models.base import CompiledManager, CompiledQuerySet

if TYPE_CHECKING:
    from services_catalog.models import Service  # noqa: F401  # in the class bases below


class ServiceQuerySet(CompiledQuerySet["Service"]):
    """Services as their editors list them."""

    def listed(self) -> Self:
        """For a listing: what a row shows in one query, without the long texts of twelve languages."""
        model: Any = self.model
        long_texts = [field for field in model.prose_fields if field not in {"name", "summary"}]
        return self.select_related("territory", "latest_revision").defer(
            *(column for field in long_texts for column in columns(field).values())
        )


class ServiceManager(CompiledManager["Service"]):
    """The services' manager."""

    def get_queryset(self) -> ServiceQuerySet:
        return ServiceQuerySet(self.model, using=self._db)

    def listed(self) -> ServiceQuerySet:
        """See `ServiceQuerySet.listed`."""
        return self.get_queryset().listed()
