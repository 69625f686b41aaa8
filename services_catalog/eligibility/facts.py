"""What is known of a person, and three-valued tests of it. None is "not known", never "no"."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from services_catalog.choices import Caller, Value


class AsksFor(StrEnum):
    """In whose name somebody asks."""

    SELF = "self"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Person:
    """Known and unknown facts of the person to be helped; never stored. None is not known.

    `family` and `not_family` are the values known to hold and known not to. `residence` and `present_in` are cadastral
    codes of comuni, "" for none or outside Italy. `isee` is in euros, for a `household` of that many people.
    `referred_by`: who sends the person, `Caller.CITIZENS` for nobody. `asker_kind` and `asker` are the kind and the
    facts of who asks; who asks for themselves (`asks_for`) has none apart: a ValueError otherwise, since what is learnt
    later must not contradict.
    """

    age: int | None = None
    gender: Value | None = None
    family: frozenset[Value] = frozenset()
    not_family: frozenset[Value] = frozenset()
    homeless: bool | None = None
    non_self_sufficient: bool | None = None
    disability: bool | None = None
    violence: bool | None = None
    legal_status: Value | None = None
    residence: str | None = None
    present_in: str | None = None
    isee: Decimal | None = None
    household: int | None = None
    referred_by: Caller | None = None
    asks_for: AsksFor | None = None
    asker_kind: Caller | None = None
    asker: "Person | None" = None

    def __post_init__(self) -> None:
        """Refuse two people where one asks for themselves."""
        if self.asks_for == AsksFor.SELF and (self.asker or self.asker_kind not in (None, Caller.CITIZENS)):
            raise ValueError("who asks for themselves is not somebody else")

    def who_asks(self) -> "Person":
        """The facts of who asks, of whom nothing may be known."""
        return self if self.asks_for == AsksFor.SELF else self.asker or Person()

    def kind_of_asker(self) -> Caller | None:
        """Who asks, as a caller: people asking for themselves are citizens."""
        return self.asker_kind or (Caller.CITIZENS if self.asks_for == AsksFor.SELF else None)


def any_of(tests: Iterable[bool | None]) -> bool | None:
    """Kleene's or: one yes is enough, and a no needs all of them known."""
    found = list(tests)
    return True if True in found else None if None in found else False


def all_of(tests: Iterable[bool | None]) -> bool | None:
    """Kleene's and: one no is enough, and a yes needs all of them known."""
    found = list(tests)
    return False if False in found else None if None in found else True


def known_in(fact: object | None, allowed: Iterable[object]) -> bool | None:
    """Whether a fact is among those allowed."""
    return None if fact is None else fact in allowed
