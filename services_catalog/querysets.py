"""The reads of the editing tables that screens ask for, by name."""

from typing import Any, Self

from services_catalog.languages import columns
from services_catalog.models.base import CompiledQuerySet


class ServiceQuerySet(CompiledQuerySet):
    """Services as their editors list them."""

    def listed(self) -> Self:
        """For a listing: what a row shows comes in one query, the long texts of twelve languages stay where they are."""
        model: Any = self.model
        long_texts = [field for field in model.prose_fields if field not in {"name", "summary"}]
        return self.select_related("territory", "latest_revision").defer(
            *(column for field in long_texts for column in columns(field).values())
        )
