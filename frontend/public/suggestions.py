"""The list under the search box: what each suggestion is, in a word, and where it leads."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from frontend.public.catalogue import Reference
from frontend.public.pictograms import PICTOGRAMS
from search.suggesting import Suggestion


@dataclass(frozen=True)
class Option:
    """Something to choose: its words, what it is in a word, its drawing, and the address it leads to."""

    text: str
    kind: str
    icon: str
    url: str


def suggestions_said(found: Iterable[Suggestion], known: Reference) -> Mapping[str, object]:
    """What the script of the search box shows (`options`) and has read out (`said`), in the page's language."""
    options = [asdict(_option(one, known)) for one in found]
    said = ngettext("%(count)d suggestion", "%(count)d suggestions", len(options)) % {"count": len(options)}
    return {"options": options, "said": said if options else ""}


def _option(one: Suggestion, known: Reference) -> Option:
    if one.kind == "need":
        return Option(one.text, _("Need"), _drawing(UUID(one.key), known), _searched("need", one.key))
    if one.kind == "place":
        return Option(one.text, _("Place"), "pin", _searched("comune", one.key))
    return Option(one.text, _("Service"), "help", reverse("frontend:service", args=[one.key]))


def _drawing(need: UUID | None, known: Reference) -> str:
    """That of the need, or of the nearest above it that has one."""
    while need and (term := known.terms.get(need)):
        if term.pictogram in PICTOGRAMS:
            return term.pictogram
        need = term.parent
    return "help"


def _searched(name: str, value: str) -> str:
    return f"{reverse('frontend:search')}?{urlencode({name: value})}"
