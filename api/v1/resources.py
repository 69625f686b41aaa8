"""What the API lists: one line a kind of record. Addresses, filters and documentation are made from these."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from search.facets import ATTRIBUTE, FACETS
from services_catalog.publication.document import SHAPES, Body


@dataclass(frozen=True)
class Resource:
    """A kind of record under its address. `filters`: the parameters by which its list is narrowed."""

    path: str
    kind: str
    summary: str | Promise
    filters: tuple[str, ...]
    searchable: bool = False

    @property
    def shape(self) -> type[Body]:
        return SHAPES[self.kind]

    @property
    def has_territory(self) -> bool:
        """Terms are the same in every territory; of what else is, the records say so."""
        return self.kind != "term"


RESOURCES: Mapping[str, Resource] = {
    resource.path: resource
    for resource in (
        Resource(
            "services",
            "service",
            _("Services: what help is given, by whom, where, to whom"),
            tuple(dict.fromkeys((*FACETS, ATTRIBUTE, "location", "caller", "program"))),
            searchable=True,
        ),
        Resource("organizations", "organization", _("Organizations"), ("territory", "legal_form")),
        Resource("locations", "location", _("Places where help is given"), ("territory", "comune", "accessibility")),
        Resource("taxonomy-terms", "term", _("Terms: needs, target groups …"), ("taxonomy", "parent")),
        Resource("attributes", "attribute", _("Custom attributes: what services can state beside"), ("territory",)),
        Resource("territories", "territory", _("Territories and their comuni"), ("territory", "comune")),
    )
}
