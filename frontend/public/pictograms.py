"""The drawings of `templates/frontend/pictograms.svg`, by name."""

NEEDS = frozenset(
    (
        "care",
        "children",
        "clothes",
        "company",
        "eat",
        "guidance",
        "health",
        "home",
        "mind",
        "money",
        "papers",
        "sleep",
        "violence",
        "wash",
        "work",
    )
)
INTERFACE = frozenset(
    (
        "bag",
        "check",
        "clock",
        "close",
        "disability",
        "envelope",
        "help",
        "languages",
        "person",
        "phone",
        "pin",
        "search",
        "star",
    )
)
STATES = frozenset(("closed", "open", "stopped", "unknown"))
PICTOGRAMS = NEEDS | INTERFACE | STATES
