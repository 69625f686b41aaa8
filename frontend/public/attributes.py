"""Custom attributes in words: what a service states, and the values by which one filters."""

from collections.abc import Iterable, Mapping

from django.utils.text import capfirst

from frontend.public.catalogue import Reference
from search.facets import attribute_facet
from services_catalog.attributes import CHOOSING, NO, YES
from services_catalog.choices import Answer, AttributeType
from services_catalog.publication.document import Attribute, Service
from services_catalog.texts import text_of


def stated(service: Service, known: Reference) -> list[str]:
    """A line for each attribute that the service states, in the order in which they are defined.

    Of a value that named a protected place nothing may be left, and a choice that did has no name: then its attribute
    is not shown either.
    """
    return [
        f"{text_of(attribute.name)}: {said}"
        for key, attribute in known.attributes.items()
        if key in service.attributes and (said := _said(attribute, service.attributes[key]))
    ]


def filters(known: Reference) -> Iterable[tuple[str, Attribute]]:
    """The facets of the attributes by which one may filter."""
    return ((attribute_facet(key), attribute) for key, attribute in known.attributes.items() if attribute.filterable)


def value_names(attribute: Attribute) -> Mapping[str, str]:
    """Value of the attribute's facet → what people call it."""
    if attribute.type == AttributeType.YES_NO:
        return {YES: capfirst(str(Answer.YES.label)), NO: capfirst(str(Answer.NO.label))}
    return {choice.key: text_of(choice.name) for choice in attribute.choices}


def _said(attribute: Attribute, value: bool | int | str | list[str]) -> str:
    if isinstance(value, bool):
        return str((Answer.YES if value else Answer.NO).label)
    if attribute.type not in CHOOSING:
        return str(value)
    names, values = value_names(attribute), value if isinstance(value, list) else [str(value)]
    return ", ".join(names[one] for one in values if one in names)
