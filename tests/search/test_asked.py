"""What is kept of questions that were not understood: their words only where many share them."""

import logging
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection

from search import asked
from search.answer import Answer
from search.engine import Near, SearchQuery
from search.follower import Follower
from search.gazetteer import Place
from search.models import AskedQuestion, Decision, HeldQuestion, LexiconHead, Phrase, Source
from search.understanding import Understood
from tests.factories import TermFactory

pytestmark = [pytest.mark.django_db, pytest.mark.database]

NOW = datetime(2026, 11, 23, 11, 42, tzinfo=UTC)
TEXT = "Dove riparo la Mandolina?"


def ask(text: str = TEXT, times: int = 1, now: datetime = NOW, total: int = 0, **query: Any) -> None:
    for _ in range(times):
        question = SearchQuery(text=text, **query)
        asked.record(question, Answer(query=question, total=total), now)


def in_the_database(text: str) -> list[str]:
    """The tables of which some column holds the text."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            columns = [one.name for one in connection.introspection.get_table_description(cursor, table)]
            for column in columns:
                quoted = connection.ops.quote_name(column)
                cursor.execute(
                    f"SELECT COUNT(*) FROM {table} WHERE LOWER(CAST({quoted} AS TEXT)) LIKE %s",
                    [f"%{text.lower()}%"],
                )
                if cursor.fetchone()[0]:
                    found.append(f"{table}.{column}")
    return found


def groups() -> dict[str, str]:
    """Text → its group, as an editor would be shown."""
    return dict(asked.waiting().values_list("text", "group"))


def test_four_askings_leave_no_word_anywhere_and_five_do():
    ask(times=4)
    assert in_the_database("mandolina") == []
    row = AskedQuestion.objects.get()
    assert (row.count, row.text, row.group, row.language) == (4, "", "", "")
    ask()
    assert in_the_database("mandolina") == ["search_askedquestion.text"]
    row = AskedQuestion.objects.get()
    assert (row.count, row.text, row.language) == (5, "dove riparo la mandolina", "it")
    ask()
    assert AskedQuestion.objects.get().count == 6


def test_the_hash_is_keyed_and_says_nothing_of_the_order_of_the_words(settings):
    ask("mandolina riparare")
    ask("Riparare, mandolina!")
    first = AskedQuestion.objects.get()
    settings.SECRET_KEY = "another"
    ask("mandolina riparare")
    assert AskedQuestion.objects.exclude(pk=first.pk).count() == 1


def test_of_the_time_the_hour_is_kept_and_of_the_place_the_comune():
    ask()
    row = AskedQuestion.objects.get()
    assert (row.last_hour, row.comune) == (datetime(2026, 11, 23, 11, tzinfo=UTC), "")
    question = SearchQuery(text=TEXT)
    read = Understood(place=Place("E086", "Gonnesa", None, None, ours=True))
    asked.record(question, Answer(query=question, total=0, understood=read), NOW + timedelta(hours=2))
    row.refresh_from_db()
    assert (row.last_hour.hour, row.comune) == (13, "E086")


@pytest.mark.parametrize(
    "text",
    [
        "scrivimi a maria.bianchi@example.it",
        "maria bianchi chiocciola example",
        "maria＠example",
        "sito www.mariabianchi.it",
        "chiamami 3281234567",
        "chiamami 328 12 34 567",
        "chiamami ٣٢٨١٢٣٤",
        "tel. +39 0781/22",
        "nato il 12/03/1985",
        "sono BNCMRA85C52E281X",
        "it60x054281110",
        "via roma 09016",
        "a" * 201,
        "parola " * 40,
    ],
)
def test_what_may_tell_who_somebody_is_is_not_even_counted(text):
    ask(text, times=6)
    assert not AskedQuestion.objects.exists()


@pytest.mark.parametrize("text", ["ho 3 figli di 12 anni", "aperto 24 ore", "bonus 2026", "ADI e SAD"])
def test_small_numbers_are_no_telephone(text):
    ask(text)
    assert AskedQuestion.objects.count() == 1


@pytest.mark.parametrize(
    "query",
    [
        {"total": 3},
        {"page": 2},
        {"text": ""},
        {"text": "?! 😀"},
        {"filters": {"language": frozenset({"bn"})}},
        {"filters": {"comune": frozenset({"E281"})}},
        {"filters": {"territory": frozenset({"sulcis"})}},
        {"facts": {"age": frozenset({"34"})}},
        {"order": "name"},
        {"on_foot": True},
        {"open_at": NOW},
        {"near": Near(39.3, 8.5, 5)},
        {"literally": frozenset({"place"})},
    ],
    ids=str,
)
def test_what_was_found_or_narrowed_by_hand_is_not_counted(query):
    ask(**query)
    assert not AskedQuestion.objects.exists()


def test_one_person_who_narrows_the_same_words_does_not_make_five_askings():
    sulcis = frozenset({"sulcis"})
    own = {"territory": sulcis}
    for filters, facts in (
        (own, {}),
        (own, {"age": frozenset({"34"})}),
        (own, {"age": frozenset({"34"}), "gender": frozenset({"f"})}),
        (own | {"comune": frozenset({"E281"})}, {}),
        (own | {"comune": frozenset({"B745"})}, {}),
        ({"territory": sulcis | {"nuorese"}}, {}),
    ):
        question = SearchQuery(text="mio marito Gavino Piras", filters=filters, facts=facts)
        asked.record(question, Answer(query=question, total=0), NOW, within=sulcis)
    assert AskedQuestion.objects.get().count == 1
    assert in_the_database("gavino") == []


def test_what_was_found_without_being_understood_is_counted():
    question = SearchQuery(text=TEXT)
    asked.record(question, Answer(query=question, total=3, confident=False), NOW)
    assert AskedQuestion.objects.get().count == 1


def test_a_database_that_fails_is_said_without_the_question(monkeypatch, caplog):
    def fail(*_args: Any) -> None:
        raise DatabaseError(f"could not write {TEXT}")

    monkeypatch.setattr(asked, "_count", fail)
    with caplog.at_level(logging.DEBUG):
        ask()
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert "andolina" not in caplog.text
    assert "DatabaseError" in caplog.text


def test_nobody_fills_the_disk(monkeypatch):
    monkeypatch.setattr(asked, "MOST_KEPT", 2)
    for word in ("uno", "due", "tre", "uno"):
        ask(word)
    assert sorted(AskedQuestion.objects.values_list("count", flat=True)) == [1, 2]


def test_what_nobody_asks_for_ninety_days_is_forgotten_by_the_follower(monkeypatch):
    ask("mandolina", times=5, now=NOW - timedelta(days=91))
    ask("ukulele", times=5, now=NOW - timedelta(days=89))
    monkeypatch.setattr("search.follower.timezone.now", lambda: NOW)
    monkeypatch.setattr("search.follower.timezone.localdate", lambda: NOW.date())
    Follower()._turn_the_day()
    assert list(AskedQuestion.objects.values_list("text", flat=True)) == ["ukulele"]


def test_endings_vowels_and_order_make_one_group():
    for text in ("riparare mandolina", "riparare le mandoline", "mandolini riparare", "cercasi chitarra"):
        ask(text, times=5)
    found = groups()
    assert found["riparare mandolina"] == found["riparare le mandoline"] == found["mandolini riparare"]
    assert found["riparare mandolina"] != found["cercasi chitarra"]
    assert len(asked.group_of(["fame"], "it")) == 64
    assert asked.group_of(["fame"], "it") != asked.group_of(["fumo"], "it")


@pytest.mark.parametrize(
    ("text", "page", "language"),
    [("أين الحمام", "it", "ar"), ("کمرہ", "ur", "ur"), ("mandolina", "fr", "fr"), ("душ", "it", "uk")],
)
def test_a_text_is_of_the_page_s_language_unless_it_is_written_otherwise(text, page, language):
    ask(text, times=5, language=page)
    assert AskedQuestion.objects.get().language == language


@pytest.mark.parametrize("held", [False, True])
def test_a_group_assigned_becomes_phrases_or_questions_held_back(monkeypatch, held):
    need = TermFactory()
    for text in ("riparare mandolina", "mandolini riparare"):
        ask(text, times=5)
    monkeypatch.setattr(asked, "is_held_back", lambda _group: held)
    before = LexiconHead.now().phrases

    assert asked.assign(groups()["riparare mandolina"], need) == 2

    rows: list[Any] = list(HeldQuestion.objects.all() if held else Phrase.objects.all())
    assert {(row.text, row.language, row.source) for row in rows} == {
        ("riparare mandolina", "it", Source.ASKED),
        ("mandolini riparare", "it", Source.ASKED),
    }
    assert {need} == ({n for row in rows for n in row.needs.all()} if held else {row.need for row in rows})
    assert (Phrase.objects.count(), HeldQuestion.objects.count()) == ((0, 2) if held else (2, 0))
    assert LexiconHead.now().phrases > before
    assert not asked.waiting().exists()


def test_no_service_helps_is_an_answer_too(monkeypatch):
    ask("oroscopo", times=5)
    monkeypatch.setattr(asked, "is_held_back", lambda _group: False)
    assert asked.assign(groups()["oroscopo"], None) == 1
    assert Phrase.objects.get().need is None


def test_what_is_a_phrase_or_held_back_already_is_not_added_twice(monkeypatch):
    need = TermFactory()
    Phrase.objects.create(need=need, language="it", text="riparare mandolina")
    ask("riparare mandolina", times=5)
    monkeypatch.setattr(asked, "is_held_back", lambda _group: True)
    assert asked.assign(groups()["riparare mandolina"], need) == 0
    assert not HeldQuestion.objects.exists()


def test_one_group_in_four_is_held_back_whatever_the_editor_wants():
    held = [asked.is_held_back(asked.group_of([f"parola{number}"], "it")) for number in range(800)]
    assert 150 < sum(held) < 250


def test_what_is_ignored_stays_so_also_in_other_words():
    ask("oroscopo", times=5)
    asked.ignore(groups()["oroscopo"])
    ask("oroscopi", times=5)
    assert asked.group_of(["oroscopo"], "it") == asked.group_of(["oroscopi"], "it")
    assert not asked.waiting().exists()
    assert set(AskedQuestion.objects.values_list("decision", flat=True)) == {Decision.IGNORED, Decision.WAITING}
