"""What questions say beside their words: where, when, of whom."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.expressions import Expressions
from search.gazetteer import Gazetteer, Place, italy
from search.lexicon import Lexicon
from search.needs.features import consonants
from search.opening import DayPart
from search.person import NAMES
from search.shipped import FOLDER, rows
from search.understanding import understand

SATURDAY = datetime(2026, 11, 28, 10, 0, tzinfo=UTC)
LATE = datetime(2026, 11, 28, 22, 30, tzinfo=UTC)
OURS = [
    Place("E086", "Gonnesa", 39.26, 8.47, ours=True),
    Place("E281", "Iglesias", 39.31, 8.53, ours=True),
    Place("F822", "Musei", 39.30, 8.66, ours=True),
]
EXONYMS = {row["exonym"]: row["name"] for row in rows(FOLDER / "exonyms.csv")}
PLACES = Gazetteer(
    listed=tuple(OURS),
    ours=Expressions.of(
        [
            *((place.name, place) for place in OURS),
            *((said, place) for said, name in EXONYMS.items() for place in OURS if place.name == name),
        ]
    ),
    italy=italy(),
    by_bones={consonants(place.name.lower()): place for place in OURS},
    bearing=lambda postcode: {"09016": ["E281"], "09010": ["E086", "F822"], "20121": ["F205"]}.get(postcode, []),
)
LEXICON = Lexicon(
    stops=Expressions.of((row["phrase"], "") for row in rows(FOLDER / "stop.csv")),
    synonyms=Expressions.of([("mensa", ("mensa", "refettorio"))]),
    bets={},
    weights={},
)


def ask(text: str, now: datetime = SATURDAY, language: str = "it", literally: tuple[str, ...] = ()):
    return understand(text, language, lexicon=LEXICON, places=PLACES, now=now, literally=literally)


@pytest.mark.parametrize(
    ("text", "comune", "near"),
    [
        ("mensa a Gonnesa", "E086", False),
        ("mensa iglesias", "E281", False),
        ("vicino a Iglesias", "E281", True),
        ("أين آكل في إغليسياس", "E281", False),
        ("ночлег в Иглезиас", "E281", False),
        ("aiuto a Musei", "F822", False),
        ("musei aperti", None, False),
        ("lavoro a Cagliari", "B354", False),
        ("ho fame", None, False),
        ("", None, False),
    ],
)
def test_a_place_is_read_where_one_is_named(text, comune, near):
    found = ask(text)
    assert (found.place.code if found.place else None, found.near) == (comune, near)


@pytest.mark.parametrize(
    ("text", "place", "near", "words"),
    [
        ("09016", "E281", False, []),
        ("mensa 09016", "E281", False, ["mensa"]),
        ("mensa CAP 09016", "E281", False, ["mensa"]),
        ("mensa, codice postale: 09016.", "E281", False, ["mensa"]),
        ("vicino al cap 09016", "E281", True, []),
        ("docce 09016 Iglesias", "E281", False, ["docce"]),
        ("docce a Gonnesa 09010", "E086", False, ["docce"]),
        ("cap 20121", "F205", False, []),
        ("邮编 ０９０１６", "E281", False, []),
        ("مطعم ٠٩٠١٦", "E281", False, ["مطعم"]),
        ("mensa 09010", "", True, ["mensa"]),
    ],
)
def test_a_postcode_that_is_known_is_a_place(text, place, near, words):
    found = ask(text)
    assert found.place is not None
    assert (found.place.code, found.near, [word.typed for word in found.words]) == (place, near, words)


@pytest.mark.parametrize(
    "text",
    [
        "mensa 09999",
        "isee 09016",
        "isee di 09016",
        "09016 euro",
        "€ 09016",
        "affitto 09016€",
        "09016,50",
        "20.121",
        "0781 09016",
        "0901 6",
        "090166",
        "reddito 20121",
    ],
)
def test_not_every_number_of_five_digits_is_a_postcode(text):
    found = ask(text)
    assert found.place is None
    assert not found.read


def test_a_postcode_of_several_comuni_is_their_middle():
    found = ask("mensa 09010").place
    assert (found.name, found.latitude, found.longitude) == ("09010", pytest.approx(39.28), pytest.approx(8.565))


def test_a_postcode_can_be_taken_literally():
    assert "09016" in {word.typed for word in ask("mensa 09016", literally=("place",)).words}


@pytest.mark.parametrize(
    "text",
    [
        "raggiungibile a piedi",
        "non ho la macchina",
        "on foot",
        "I don't have a car",
        "à pied",
        "je n'ai pas de voiture",
        "voy a pie",
        "merg pe jos",
        "në këmbë",
        "مشيا على الأقدام",
        "步行去",
        "пішки",
        "пешком",
        "পায়ে হেঁটে",
        "پیدل",
    ],
)
def test_who_walks_says_so_in_every_language(text):
    found = ask(f"mensa a Iglesias {text}")
    assert (found.on_foot, found.place.code, [word.typed for word in found.words]) == (True, "E281", ["mensa"])
    assert understand(text, "it", lexicon=LEXICON, places=PLACES, now=SATURDAY, at_a_point=True).on_foot
    assert not ask(text).on_foot


@pytest.mark.parametrize(
    "text", ["non riesco ad andare a piedi", "je ne peux pas aller à pied", "I can not go on foot"]
)
def test_who_cannot_walk_is_not_taken_to(text):
    assert not ask(f"mensa a Iglesias {text}").on_foot


def test_a_comune_of_elsewhere_is_known_as_such():
    assert not ask("lavoro a Cagliari").place.ours
    assert ask("mensa a Gonnesa").place.ours


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("dove dormire stanotte", DayPart(date(2026, 11, 28), "night")),
        ("mensa domenica", DayPart(date(2026, 11, 29))),
        ("docce domani", DayPart(date(2026, 11, 29))),
        ("pranzo sabato", DayPart(date(2026, 11, 28))),
        ("where to sleep tonight", DayPart(date(2026, 11, 28), "night")),
        ("我今晚没地方睡", DayPart(date(2026, 11, 28), "night")),
        ("mensa nel weekend", DayPart(date(2026, 11, 28), "weekend")),
        ("numero 24 ore su 24", datetime(2026, 11, 29, 2, 30, tzinfo=UTC)),
        ("mensa", None),
    ],
)
def test_a_time_is_read(text, moment):
    assert ask(text).moment == moment


def test_at_night_tonight_is_now():
    assert ask("dove dormire stanotte", LATE).moment == LATE


def test_now_asks_for_what_is_open_first_and_leaves_out_nothing():
    found = ask("ho bisogno di aiuto adesso")
    assert (found.moment, found.urgent) == (None, True)


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("visite senza documenti", {"legal_status": {"undocumented"}}),
        ("donna sola con bambini", {"gender": {"female"}, "family": {"alone", "with_minors"}}),
        ("dormire col cane", {"animals": {"yes"}}),
        ("pannoloni per mia madre", {"asks_for": {"other"}}),
        ("ho 16 anni e sono incinta", {"age": {"16"}, "family": {"pregnant"}}),
        ("non sono incinta", {}),
        ("I have no papers, 34 years old", {"legal_status": {"undocumented"}, "age": {"34"}}),
        ("مساعدة بدون أوراق", {"legal_status": {"undocumented"}}),
        ("999 anni di servizio", {}),
        ("cerco lavoro, sono disoccupato da 5 anni", {}),
        ("separato da 20 anni", {}),
        ("I have lived here for 20 years", {}),
        ("je suis ici depuis 20 ans", {}),
        ("il y a 20 ans", {}),
        ("mon père a 80 ans", {"age": {"80"}, "asks_for": {"other"}}),
        ("stau aici de 20 ani", {}),
        ("mio figlio ha 3 anni", {}),
        ("debito di 20 anni fa", {}),
        ("tengo 30 años", {"age": {"30"}}),
        ("мне 34 года", {"age": {"34"}}),
        ("mia sorella non è disabile", {}),
        ("non sono un senzatetto", {}),
        ("I'm not a homeless person", {}),
        ("no soy un refugiado", {}),
        ("non sono mai stata vittima di violenza", {}),
        ("non sono senza documenti", {}),
        ("non lavoro, sono incinta", {"family": {"pregnant"}}),
        ("no tengo donde ir con mis hijos", {"family": {"with_minors"}}),
    ],
)
def test_people_are_read(text, facts):
    assert {name: set(values) for name, values in ask(text).facts.items()} == facts


def test_what_was_read_is_not_looked_up_and_is_told():
    found = ask("dove posso trovare una mensa a Gonnesa domenica col cane")
    assert [word.typed for word in found.words] == ["mensa"]
    assert {(one.kind, one.said) for one in found.read} == {
        ("place", "gonnesa"),
        ("time", "domenica"),
        ("who", "col cane"),
    }


@pytest.mark.parametrize("kind", ["place", "time", "who"])
def test_what_is_to_be_taken_literally_is_looked_up(kind):
    found = ask("mensa a Gonnesa domenica col cane", literally=(kind,))
    assert kind not in {one.kind for one in found.read}
    assert len(found.words) > 1


def test_a_synonym_is_as_good_as_the_word():
    assert "refettor" in ask("mensa").words[0].forms


@given(st.text(max_size=120))
def test_any_text_is_understood_as_something_that_can_be_asked(text):
    found = ask(text)
    assert set(found.facts) <= set(NAMES)
    assert all(values for values in found.facts.values())


def test_a_place_named_beside_one_chosen_is_neither_meant_nor_looked_up() -> None:
    found = understand("mensa a Gonnesa", "it", lexicon=LEXICON, places=PLACES, now=SATURDAY, place_chosen=True)
    assert ([word.typed for word in found.words], found.place, found.read) == (["mensa"], None, ())


@pytest.mark.parametrize("city", ["Roma", "Bari", "Pisa"])
def test_large_cities_with_short_names_are_places_where_they_are_announced(city: str) -> None:
    found = ask(f"mensa a {city}")
    assert (found.place and found.place.name) == city
    assert ask(f"mensa {city}").place is None


@pytest.mark.parametrize("text", ["ho 17 anni e mia madre mi ha cacciato", "non riesce a lavarsi da sola"])
def test_who_is_named_as_acting_and_what_is_done_alone_say_nothing_of_the_person(text: str) -> None:
    assert not {"asks_for", "family"} & set(ask(text).facts)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("voglio morire", "it"),
        ("I want to die", "en"),
        ("je veux mourir", "fr"),
        ("quiero morir", "es"),
        ("أريد أن أموت", "ar"),
        ("не хочу жить", "ru"),
        ("хочу померти", "uk"),
        ("不想活了", "zh-hans"),
    ],
)
def test_who_wants_to_die_is_not_answered_by_the_words_of_funerals(text: str, language: str) -> None:
    assert ask(text, language=language).words == ()
