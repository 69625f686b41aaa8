"""What each part of the order added to a result: for the staff that sets the weights, and for nobody else."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from search.answer import Found
from services_catalog import access

PARAMETER = "explain"

NAMES: Mapping[str, object] = {
    "need": gettext_lazy("The need"),
    "name": gettext_lazy("The name"),
    "words": gettext_lazy("The words"),
    "fit": gettext_lazy("Who it is for"),
    "target": gettext_lazy("The people named"),
    "life": gettext_lazy("Not given now"),
    "open": gettext_lazy("Open"),
    "availability": gettext_lazy("Free places"),
    "distance": gettext_lazy("Distance"),
    "freshness": gettext_lazy("Checked lately"),
}
"""As the screen of the weights names them."""


@dataclass(frozen=True)
class Part:
    """A part of the order by its name, and what it added."""

    name: str
    added: str


def is_explained(request: HttpRequest) -> bool:
    """Whether the page is to say why results stand where they do: staff of a territory, or an administrator, asks it.

    Nobody is looked up where it is not asked.
    """
    if not request.GET.get(PARAMETER):
        return False
    scope = access.scope_of(request.user)
    return scope.everywhere or bool(scope.edits.territories)


def explained(one: Found) -> tuple[Part, ...]:
    """The parts of a result that was ranked, and their sum; none of one that stands in the order of names."""
    if not one.parts:
        return ()
    found = [Part(str(NAMES[name]), _number(added)) for name, added in one.parts.items()]
    return (*found, Part(_("In all"), _number(sum(one.parts.values()))))


def _number(added: float) -> str:
    return number_format(round(added, 4), 4)
