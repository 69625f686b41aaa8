"""The last guard of protected places: whatever somebody wrote, no body names what is sealed.

Leaving columns out is not enough when a volunteer writes the street into the description. A body whose texts hold the
address or a phone of a sealed place is withheld whole, and the screen that saves it says so.
"""

import re
from collections.abc import Iterable
from uuid import UUID

import orjson

from services_catalog.choices import Audience
from services_catalog.publication.inputs import Inputs, Row
from services_catalog.publication.parts import Part

SHORTEST = 6
"""Shorter pieces than this would be found in any text."""


def secrets(inputs: Inputs, service: UUID) -> set[str]:
    """What must not be said of a service's sealed parts: streets and phones, folded as `folded` folds texts."""
    hidden_places = [
        inputs.locations[row["location_id"]]
        for row in inputs.places.get(service, ())
        if Audience.SEALED in (inputs.locations[row["location_id"]]["audience"], inputs.services[service]["audience"])
    ]
    found = {place["street"] for place in hidden_places}
    owners = [service, *(place["id"] for place in hidden_places)]
    owners += [row["id"] for row in inputs.places.get(service, ())]
    for owner in owners:
        found |= {
            row["number"] for row in inputs.phones.get(owner, ()) if _is_sealed(row, owner, inputs, hidden_places)
        }
    return {text for secret in found if len(text := folded(secret)) >= SHORTEST}


def _is_sealed(phone: Row, owner: UUID, inputs: Inputs, hidden_places: Iterable[Row]) -> bool:
    return phone["audience"] == Audience.SEALED or owner in {place["id"] for place in hidden_places}


def folded(text: str) -> str:
    """Letters and digits alone: "Via Roma, 1" and "via roma 1", "0781 33000" and "0781/33000" are the same secret."""
    return re.sub(r"\W+", "", text.casefold())


def leaking(inputs: Inputs, service: UUID, by_reader: dict[Audience, Part | None]) -> list[Audience]:
    """The readers whose body names a secret of the service."""
    hidden = secrets(inputs, service)
    if not hidden:
        return []
    found = []
    for reader, body in by_reader.items():
        said = folded(orjson.dumps(body).decode()) if body else ""
        if any(secret in said for secret in hidden):
            found.append(reader)
    return found
