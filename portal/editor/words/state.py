"""What search has learnt from phrases so far, and whether the last set was refused."""

from dataclasses import dataclass

from search.needs import store, training


@dataclass(frozen=True)
class Learnt:
    """`success` and `refused_success` are whole per cent of the questions held back, None without a model; `due`: what
    has changed since is not learnt yet."""

    phrases: int
    questions: int
    success: float | None
    refused_success: float | None
    due: bool


def learnt() -> Learnt:
    """As it is now. Two queries."""
    about, refused = store.about_in_force(), store.about_refused()
    return Learnt(
        phrases=about.phrases if about else 0,
        questions=about.questions if about else 0,
        success=per_cent(about.success) if about else None,
        refused_success=per_cent(refused.success) if refused else None,
        due=training.is_due(),
    )


def per_cent(share: float) -> float:
    """With one decimal: one question in three hundred is a third of a point."""
    return round(100 * share, 1)
