"""Lists of tens of thousands stay quick; what is shipped is switched off, not deleted or changed."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from search.models import HeldQuestion, LexiconHead, Phrase, Source, StopPhrase, Synonym
from services_catalog.models import TaxonomyTerm
from tests.portal.cast import Cast, signed_in

pytestmark = pytest.mark.django_db
MOST_QUERIES = 15


def queries(client: Any, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def many(kind: str, need: TaxonomyTerm, texts: list[str]) -> None:
    for text in texts:
        if kind == "phrase":
            Phrase.objects.create(need=need, language="it", text=text)
        elif kind == "heldquestion":
            HeldQuestion.objects.create(language="it", text=text).needs.set([need])
        elif kind == "synonym":
            Synonym.objects.create(language="it", words=f"{text}|altro")
        else:
            StopPhrase.objects.create(language="it", text=text)


def numbered(count: int) -> list[str]:
    return [f"frase {number}" for number in range(count)]


@pytest.mark.parametrize("kind", ["phrase", "heldquestion", "synonym", "stopphrase"])
def test_a_list_costs_the_same_queries_however_many_rows_it_has(
    cast: Cast, learnt: dict[str, TaxonomyTerm], kind: str
) -> None:
    client, address = signed_in(cast.sara), reverse(f"search_{kind}:index")
    many(kind, learnt["canteen"], ["prima"])
    few = queries(client, address)
    many(kind, learnt["shelter"], numbered(40))
    assert queries(client, address) == few <= MOST_QUERIES


def test_the_needs_and_a_need_cost_the_same_queries_however_many_phrases_they_have(
    cast: Cast, learnt: dict[str, TaxonomyTerm]
) -> None:
    client, need = signed_in(cast.sara), learnt["canteen"]
    screens = (reverse("search_needs:index"), reverse("search_needs:need", args=[need.pk]))
    few = [queries(client, address) for address in screens]
    many("phrase", need, numbered(100))
    assert [queries(client, address) for address in screens] == few
    assert max(few) <= MOST_QUERIES


def test_phrases_are_found_by_need_language_source_and_words(cast: Cast, learnt: dict[str, TaxonomyTerm]) -> None:
    client, address = signed_in(cast.sara), reverse("search_phrase:index")
    Phrase.objects.create(need=None, language="fr", text="quelle heure est-il")
    cases = (
        (f"?need={learnt['showers'].pk}", "lavarmi", "ho fame"),
        ("?need=none", "quelle heure", "ho fame"),
        ("?language=fr", "quelle heure", "ho fame"),
        ("?source=editor", "quelle heure", "ho fame"),
        ("?q=fame", "ho fame", "lavarmi"),
    )
    for asked, shown, hidden in cases:
        page = client.get(address + asked).content.decode()
        assert shown in page, asked
        assert hidden not in page, asked


def test_what_is_shipped_is_switched_off_and_neither_deleted_nor_changed(
    cast: Cast, learnt: dict[str, TaxonomyTerm]
) -> None:
    client, phrase = signed_in(cast.sara), Phrase.objects.get(text="ho fame")
    assert phrase.source == Source.SHIPPED
    delete, edit = (reverse(f"search_phrase:{name}", args=[phrase.pk]) for name in ("delete", "edit"))
    assert delete not in client.get(reverse("search_phrase:index")).content.decode()
    assert delete not in client.get(edit).content.decode()
    for answer in (client.get(delete), client.post(delete)):
        assert answer.status_code == 302
        assert answer.headers["Location"] == "/admin/"
    before = LexiconHead.now().phrases
    assert client.post(edit, {"text": "ho sete", "language": "fr"}).status_code == 302
    phrase.refresh_from_db()
    assert (phrase.text, phrase.language, phrase.need, phrase.switched_on) == (
        "ho fame",
        "it",
        learnt["canteen"],
        False,
    )
    assert LexiconHead.now().phrases > before


def test_what_an_editor_wrote_can_be_changed_and_deleted(cast: Cast, learnt: dict[str, TaxonomyTerm]) -> None:
    client = signed_in(cast.sara)
    row = Phrase.objects.create(need=learnt["canteen"], language="it", text="la pancia brontola")
    form = {"need": str(learnt["shelter"].pk), "language": "it", "text": "la pancia borbotta", "switched_on": "on"}
    assert client.post(reverse("search_phrase:edit", args=[row.pk]), form).status_code == 302
    row.refresh_from_db()
    assert (row.text, row.need) == ("la pancia borbotta", learnt["shelter"])
    before = LexiconHead.now().phrases
    assert client.post(reverse("search_phrase:delete", args=[row.pk])).status_code == 302
    assert not Phrase.objects.filter(pk=row.pk).exists()
    assert LexiconHead.now().phrases > before


def test_no_question_is_both_learnt_and_held_back(cast: Cast, learnt: dict[str, TaxonomyTerm]) -> None:
    client = signed_in(cast.sara)
    form = {"language": "it", "text": "Ho fame!", "needs": [str(learnt["canteen"].pk)], "switched_on": "on"}
    assert client.post(reverse("search_heldquestion:add"), form).status_code == 200
    assert not HeldQuestion.objects.filter(text="Ho fame!").exists()
    row = Phrase.objects.create(need=learnt["canteen"], language="it", text="la pancia brontola")
    form = {"need": str(learnt["canteen"].pk), "language": "it", "text": "Cerco un letto", "switched_on": "on"}
    assert client.post(reverse("search_phrase:edit", args=[row.pk]), form).status_code == 200
    assert (
        client.post(reverse("search_heldquestion:add"), {"language": "it", "text": "la cena di oggi"}).status_code
        == 302
    )
    assert HeldQuestion.objects.get(text="la cena di oggi").switched_on is False
