"""Strings of the demonstration that must stay hidden, for tests that hunt them in every public byte."""

SEALED = (
    "Via del Segreto Custodito 7",
    "Vicolo del Segreto Custodito 11",
    "Segreto Custodito",
    "Roccasegreta",
    "X099",
    "0000 999666",
    "0000 999777",
    "0000 999888",
    "Casa Biancospino Celato",
    "Nido d'Aquila Celato",
    "Ginevra Riservatissima",
    "casa-celata@example.invalid",
    "44.31777",
    "44.31888",
)
"""What no reader's record holds: addresses, places, phones and people of the refuge and of the community for minors."""

OPERATOR = (
    "Via dei Soli Operatori 9",
    "Quercia Nascosta",
    "Linea Colleghi Riservata",
    "Ala Quieta",
    "Orsa Minore",
    "Stella Polare",
    "0000 888666",
    "0000 888444",
    "0000 777555",
    "0000 777444",
)
"""What operators may know and the public must not: reserved services, places, phones; names of protected services."""
