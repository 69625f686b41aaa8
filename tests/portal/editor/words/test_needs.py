"""The phrases of a need: what new ones would change is shown before they are saved."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from portal.editor.words import incoming
from portal.editor.words import needs as screens
from search.models import LexiconHead, Phrase, Source
from search.needs import store, training
from search.needs.learning import Phrase as Learnt
from search.needs.learning import learn
from search.needs.store import About
from search.needs.trial import TrialBusy, TrialFailed, judge, tried
from services_catalog.models import TaxonomyTerm
from tests.portal.cast import Cast, signed_in

pytestmark = pytest.mark.django_db

Send = Callable[..., Any]


@pytest.fixture
def send(cast: Cast, learnt: dict[str, TaxonomyTerm]) -> Send:
    """Posts to the canteen's screen, or another need's, as Sara does."""
    client = signed_in(cast.sara)

    def post(need: str = "canteen", **data: Any) -> Any:
        key = learnt[need].pk if need in learnt else need
        return client.post(reverse("search_needs:need", args=[key]), data)

    return post


def file(text: str, encoding: str = "utf-8") -> SimpleUploadedFile:
    return SimpleUploadedFile("frasi.csv", text.encode(encoding))


def words(page: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())


def test_pasted_phrases_are_shown_as_they_are_understood_today_and_not_saved(send: Send, monkeypatch: Any) -> None:
    def never(*_arguments: Any) -> None:
        raise AssertionError("nobody has asked to try them out")

    monkeypatch.setattr(screens, "trial", never)
    page = send(language="it", text="Un letto per stanotte\n\nmangiare un boccone\nho fame\n")
    first, second = page.context["readings"]
    assert (first.line.text, first.need, first.elsewhere) == (
        "Un letto per stanotte",
        "Il necessario › Dormitorio",
        ["Il necessario › Dormitorio"],
    )
    assert (second.need, second.phrase, second.right) == (
        "Il necessario › Mensa",
        "dove si mangia gratis",
        True,
    )
    assert 0 < second.probability <= 100
    assert [line.text for line in page.context["found"].known] == ["ho fame"]
    assert Phrase.objects.filter(source=Source.EDITOR).count() == 0


def test_what_is_shown_is_saved_at_once_and_moves_the_head_once(send: Send, learnt: dict[str, TaxonomyTerm]) -> None:
    carried = send(language="it", text="mangiare un boccone\nla pancia brontola").context["carried"]
    before = LexiconHead.now().phrases
    assert send(phrases=carried, save="1").status_code == 302
    rows = Phrase.objects.filter(source=Source.EDITOR)
    assert {(row.text, row.language, row.need) for row in rows} == {
        ("mangiare un boccone", "it", learnt["canteen"]),
        ("la pancia brontola", "it", learnt["canteen"]),
    }
    assert LexiconHead.now().phrases == before + 1
    assert training.is_due()
    send(phrases=carried, save="1")
    assert rows.count() == 2


def test_what_another_editor_saved_meanwhile_is_saved_once(
    send: Send, learnt: dict[str, TaxonomyTerm], monkeypatch: Any
) -> None:
    carried = send(language="it", text="mangiare un boccone").context["carried"]
    checked = incoming.checked

    def meanwhile(lines: Any, need: Any) -> Any:
        found = checked(lines, need)
        Phrase.objects.create(need=learnt["canteen"], language="it", text="mangiare un boccone", source=Source.EDITOR)
        return found

    monkeypatch.setattr(incoming, "checked", meanwhile)
    assert send(phrases=carried, save="1").status_code == 302
    assert Phrase.objects.filter(text="mangiare un boccone").count() == 1


@pytest.mark.parametrize("separator", [",", ";"])
def test_a_csv_of_many_languages_is_imported(send: Send, separator: str) -> None:
    rows = [("language", "text"), ("it", "un boccone"), ("", ""), ("fr", "j'ai faim"), ("ar", "أنا جائع")]
    lines = [*map(separator.join, rows), f'EN{separator}"hungry{separator} very hungry"']
    page = send(language="it", file=file("\r\n".join(lines), "utf-8-sig"))
    assert page.context["found"].wrong == []
    assert send(phrases=page.context["carried"], save="1").status_code == 302
    assert set(Phrase.objects.filter(source=Source.EDITOR).values_list("language", "text")) == {
        ("it", "un boccone"),
        ("fr", "j'ai faim"),
        ("ar", "أنا جائع"),
        ("en", f"hungry{separator} very hungry"),
    }


def test_bad_lines_are_named_with_their_reason_and_nothing_is_imported(send: Send) -> None:
    rows = [
        "language,text",
        "it,mangiare un boccone",
        "xx,ciao",
        "it,?!",
        "it,Mangiare  un boccone!",
        f"it,{'a' * 201}",
        "it,cerco un letto",
    ]
    page = send(language="it", file=file("\n".join(rows)))
    said = page.context["found"].wrong
    assert [re.search(r"\d+", reason)[0] for reason in said] == ["3", "4", "5", "6", "7"]  # type: ignore[index]
    for reason, word in zip(said, ["xx", "", "2", "200", ""], strict=True):
        assert word in reason
    assert "carried" in page.context
    assert page.context["carried"] == "[]"
    assert 'name="save"' not in page.content.decode()
    assert not Phrase.objects.filter(source=Source.EDITOR).exists()


@pytest.mark.parametrize(
    "content",
    [b"it,ho fame", "language,text\nit,perch\xe9".encode("latin-1"), b"", b'language,text\nit,"\x00'],
    ids=repr,
)
def test_a_file_that_cannot_be_read_is_refused_in_words(send: Send, content: bytes) -> None:
    page = send(language="it", file=SimpleUploadedFile("a.csv", content))
    assert page.status_code == 200
    assert page.context["readings"] == []


@pytest.mark.parametrize("carried", ["", "{", "[1]", '[["it"]]', '[["xx", "ciao"]]', '{"it": "ciao"}'])
def test_a_tampered_preview_saves_nothing(send: Send, carried: str) -> None:
    assert send(phrases=carried, save="1").status_code in (200, 404)
    assert not Phrase.objects.filter(source=Source.EDITOR).exists()


def test_trying_out_shows_success_before_and_after_and_what_changes_for_worse(send: Send) -> None:
    poison = "dove posso mangiare subito\nposso mangiare\ndove posso\nmangiare dove posso"
    carried = send("showers", language="it", text=poison).context["carried"]
    page = send("showers", phrases=carried, **{"try": "1"})
    found = page.context["tried"]
    assert (found.questions, found.before, found.after) == (3, 100.0, 100.0)
    (change,) = found.changes
    assert (change.question, change.before, change.after, change.better) == (
        "dove posso mangiare",
        "Il necessario › Mensa",
        "Il necessario › Docce",
        False,
    )
    assert Phrase.objects.filter(source=Source.EDITOR).count() == 0
    assert 'name="save"' in page.content.decode()


@pytest.mark.parametrize("trouble", [TrialBusy, TrialFailed])
def test_a_trial_that_cannot_be_is_said_and_the_phrases_are_kept(send: Send, monkeypatch: Any, trouble: Any) -> None:
    carried = send(language="it", text="mangiare un boccone").context["carried"]

    def fail(*_arguments: Any) -> None:
        raise trouble

    monkeypatch.setattr(screens, "trial", fail)
    page = send(phrases=carried, **{"try": "1"})
    assert (page.context["tried"], page.context["carried"]) == (None, carried)
    assert list(page.context["messages"])


def test_one_trial_at_a_time(tmp_path: Path) -> None:
    import fcntl

    phrases = [Learnt("eat", "ho fame"), Learnt("sleep", "un letto")]
    with (tmp_path / "trial.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(TrialBusy):
            tried(phrases, [], tmp_path)
    assert tried(phrases, [], tmp_path) == judge(learn(phrases), [])
    with pytest.raises(TrialFailed):
        tried([], [], tmp_path)


def test_the_screen_says_what_is_learnt_and_when_the_last_set_was_refused(
    cast: Cast, learnt: dict[str, TaxonomyTerm]
) -> None:
    client, address = signed_in(cast.sara), reverse("search_needs:index")
    page = client.get(address)
    assert (page.context["learnt"].success, page.context["learnt"].due) == (100.0, False)
    Phrase.objects.create(need=learnt["canteen"], language="it", text="la pancia brontola")
    assert client.get(address).context["learnt"].due
    store.refuse(About("", training.state(), 11, 3, 0.667))
    page = client.get(reverse("search_needs:need", args=[learnt["canteen"].pk]))
    assert page.context["learnt"].refused_success == 66.7
    assert "66" in words(page)


def test_nothing_learnt_yet_is_said(cast: Cast, settings: Any, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path
    assert signed_in(cast.sara).get(reverse("search_needs:index")).context["learnt"].success is None


def test_what_no_service_helps_with_has_phrases_too(send: Send) -> None:
    carried = send("none", language="it", text="che ore sono").context["carried"]
    assert send("none", phrases=carried, save="1").status_code == 302
    assert Phrase.objects.get(text="che ore sono").need is None
    assert send("nothing-like-it", language="it", text="x").status_code == 404
