"""Pages of the demonstration."""

import json
from typing import Any

from portal.editorial.models import ContentPage, HomePage
from services_catalog.choices import Audience
from services_catalog.models import EmergencyNumber, Phone, Service, TaxonomyTerm, Territory

Block = dict[str, Any]


def _services(title: str, language: str = "", **conditions: Any) -> Block:
    value = {"title": title, "language": language, "limit": 3, "order": "relevance", **conditions}
    return {"type": "services", "value": value}


def home_body(territory: Territory | None) -> list[Block]:
    """Needs, a bed for tonight, numbers: in Italian and English, the tiles and numbers in every language."""
    sleep = TaxonomyTerm.objects.filter(taxonomy="need", slug="sleep").values_list("pk", flat=True).first()
    where = {"territory": territory.slug} if territory else {}
    body: list[Block] = [{"type": "needs", "value": {"title": "", "language": ""}}]
    if sleep:
        beds = {"need": [str(sleep)], **where}
        body.append(_services("Un letto per stanotte", "it", **beds))
        body.append(_services("A bed for tonight", "en", **beds))
    body.append({"type": "numbers", "value": {"title": "", "language": "", "numbers": []}})
    return body


def home_number(territory: Territory) -> str:
    """The number beside the question: the territory's own that answers day and night, else the first for emergencies.

    An invented territory's own would lead nowhere who is in need.
    """
    own = Phone.objects.filter(
        audience=Audience.PUBLIC,
        number__gt="",
        service__in=Service.objects.filter(territory=territory, audience=Audience.PUBLIC, live=True),
        service__terms__term__slug="pronto-intervento",
        schedules__audience=Audience.PUBLIC,
        schedules__opening_hours="24/7",
    ).exclude(service__territory__comuni__comune__fictional=True)
    numbers = (own.order_by("position"), EmergencyNumber.objects.filter(territory=territory).order_by("position"))
    return next((found.number for rows in numbers if (found := rows.first())), "")


def home_translations() -> list[Block]:
    return [{"type": "translation", "value": {"language": "en", "title": "Home", "introduction": ""}}]


ABOUT_IT = (
    "<p>Portolano raccoglie i servizi sociali di un territorio: dove sono, quando sono aperti, per chi, come si entra. "
    "Li scrivono gli enti che li fanno, li controlla il territorio.</p>"
    "<p>Se un'informazione manca, nessuno ce l'ha detta: chiama prima di andare.</p>"
)
ABOUT_EN = (
    "<p>Portolano gathers the social services of a territory: where they are, when they are open, for whom, "
    "how to get in. The organizations that run them write them, the territory checks them.</p>"
    "<p>Where something is missing, nobody has told us: call before you go.</p>"
)


def content(home: HomePage) -> None:
    """The page that says what the portal is, under the home page; left alone if it is there."""
    if home.get_children().filter(slug="come-funziona").exists():
        return
    body = [
        {"type": "text", "value": {"text": ABOUT_IT, "language": "it"}},
        {"type": "text", "value": {"text": ABOUT_EN, "language": "en"}},
    ]
    titles = [{"type": "translation", "value": {"language": "en", "title": "How it works", "introduction": ""}}]
    page = ContentPage(
        title="Come funziona", slug="come-funziona", body=json.dumps(body), translations=json.dumps(titles)
    )
    home.add_child(instance=page)
    page.save_revision().publish()
