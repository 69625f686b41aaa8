"""schema.org's GovernmentService of a sheet, as the model of municipal sites asks for it (criterion R.SI.1.1)."""

import json
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from frontend.public.sheet import Sheet
from services_catalog.publication.document import Service

# What could end the script element is written as the escapes that JSON has for it.
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def json_ld(sheet: Sheet, service: Service, address: str) -> SafeString:
    """The JSON of the script element. `address` is the page's own. What is not stated is left out."""
    content: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "GovernmentService",
        "name": sheet.name.text,
        "serviceType": ", ".join(sheet.topics),
        "serviceOperator": _named("GovernmentOrganization", sheet.responsible.name if sheet.responsible else ""),
        "areaServed": _named("AdministrativeArea", ", ".join(sheet.areas)),
        "audience": {"@type": "Audience", "audienceType": ", ".join(sheet.targets)} if sheet.targets else None,
        "availableChannel": _channel(sheet, service, address),
    }
    stated = {key: value for key, value in content.items() if value}
    return mark_safe(json.dumps(stated, ensure_ascii=False).translate(ESCAPES))  # noqa: S308  (escaped above)


def _channel(sheet: Sheet, service: Service, address: str) -> dict[str, Any]:
    channel: dict[str, Any] = {"@type": "ServiceChannel", "serviceUrl": sheet.url or address}
    if sheet.call:
        channel["servicePhone"] = {"@type": "ContactPoint", "telephone": sheet.call}
    if service.locations:
        place = service.locations[0].location
        location: dict[str, Any] = {"@type": "Place", "name": sheet.doors[0].name if sheet.doors else ""}
        if place.address:
            stated = {
                "streetAddress": place.address.street,
                "postalCode": place.address.postal_code,
                "addressLocality": place.address.locality,
            }
            location["address"] = {"@type": "PostalAddress"} | {key: value for key, value in stated.items() if value}
        channel["serviceLocation"] = location
    return channel


def _named(kind: str, name: str) -> dict[str, str] | None:
    return {"@type": kind, "name": name} if name else None
