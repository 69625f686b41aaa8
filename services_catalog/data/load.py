"""The shipped reference data → the tables. Adds and corrects, never deletes: a territory may have terms of its own.

Terms and patrons' days are people's to edit (`shipping`); comuni and their codes are nobody's, and are as shipped.
"""

from services_catalog import models
from services_catalog.data import reference
from services_catalog.data.shipping import ship
from services_catalog.exchange.store import store, texts
from services_catalog.exchange.territory import closure_id
from services_catalog.publication.inputs import plain
from services_catalog.publication.transaction import Key, publishing

PATRON_DAY = {
    "it": "Festa patronale",
    "en": "Patron saint's day",
    "fr": "Fête patronale",
    "es": "Fiesta patronal",
    "ro": "Sărbătoarea sfântului patron",
    "sq": "Festa e shenjtit mbrojtës",
    "ar": "عيد شفيع البلدة",
    "zh-hans": "守护圣人节",
    "uk": "День святого покровителя",
    "ru": "День святого покровителя",
    "bn": "পৃষ্ঠপোষক সাধুর দিন",
    "ur": "سرپرست ولی کا دن",
}


def load_taxonomies() -> int:
    """Load the core taxonomies. Returns how many terms were new or corrected."""
    with publishing() as pending:
        names = {slug: {"slug": slug, "name": each.name["it"]} for slug, each in reference.taxonomies().items()}
        ship(models.Taxonomy, names)
        wanted = {
            term.id: {
                "id": term.id,
                "taxonomy_id": taxonomy.slug,
                "slug": term.slug,
                "parent_id": term.parent,
                "pictogram": term.pictogram,
                "order": term.order,
                **texts("name", term.name),
                **texts("description", term.description),
            }
            for taxonomy in reference.taxonomies().values()
            for term in taxonomy.terms
        }
        changed = ship(models.TaxonomyTerm, wanted, unique=("taxonomy_id", "slug"))
        pending.touch(Key("term", key) for key in changed)
    return len(changed)


def load_comuni() -> int:
    """Load the gazetteer. Returns how many comuni were new or corrected."""
    wanted = {
        comune.cadastral_code: {
            "code": comune.cadastral_code,
            "name": comune.name,
            "province": comune.province,
            "region": comune.region,
            "latitude": comune.latitude,
            "longitude": comune.longitude,
        }
        for comune in reference.comuni().values()
    }
    with publishing() as pending:
        existing = {row["code"]: row for row in plain(models.Comune).values()}
        changed = store(models.Comune, wanted, existing)
        changed |= _load_istat_codes() | _load_patron_days()
        pending.touch(Key("comune", code) for code in changed if code in existing)
    return len(changed)


def _load_istat_codes() -> set[str]:
    """Returns the comuni whose codes were new or corrected."""
    known = {(row["comune_id"], row["code"]): row for row in plain(models.IstatCode).values()}
    wanted = {
        (comune.cadastral_code, code.code): {
            "comune_id": comune.cadastral_code,
            "code": code.code,
            "valid_from": code.valid_from,
            "valid_until": code.valid_until,
        }
        for comune in reference.comuni().values()
        for code in comune.istat_codes
    }
    return {comune for comune, _code in store(models.IstatCode, wanted, known)}


def _load_patron_days() -> set[str]:
    """Returns the comuni whose patron saint's day was new or corrected."""
    wanted = {
        closure_id(code, month, day): {
            "id": closure_id(code, month, day),
            "comune_id": code,
            "month": month,
            "day": day,
            **texts("reason", PATRON_DAY),
        }
        for code, (month, day) in reference.patron_days().items()
    }
    return {wanted[key]["comune_id"] for key in ship(models.ComuneClosure, wanted)}
