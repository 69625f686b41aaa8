"""modeltranslation: every table's prose, in the twelve languages."""

from modeltranslation.translator import TranslationOptions, translator

from services_catalog import models
from services_catalog.languages import DEFAULT_LANGUAGE
from services_catalog.models.publishable import Translated

REQUIRED = {
    models.Service: ("name",),
    models.Location: ("name",),
    models.Territory: ("name",),
    models.TaxonomyTerm: ("name",),
    models.Attribute: ("name",),
    models.AttributeChoice: ("name",),
}


def register(model: type[Translated]) -> None:
    """Give `model` its columns. A required text is required in the default language alone."""
    options = type(
        f"{model.__name__}Translation",
        (TranslationOptions,),
        {
            "fields": model.translated_fields(),
            "required_languages": {DEFAULT_LANGUAGE: REQUIRED.get(model, ()), "default": ()},
        },
    )
    translator.register(model, options)


for _model in vars(models).values():
    if isinstance(_model, type) and issubclass(_model, Translated) and _model.translated_fields():
        register(_model)
