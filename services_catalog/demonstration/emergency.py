"""National numbers that the demonstration territories show, each with who states it and the day it was checked."""

from datetime import date
from typing import Any

CHECKED_ON = date(2026, 11, 23)

EMERGENCY_NUMBERS: list[dict[str, Any]] = [
    {
        "number": "112",
        "name": {
            "it": "Emergenze",
            "en": "Emergencies",
            "fr": "Urgences",
            "ar": "الطوارئ",
        },
        "source": "Direttiva (UE) 2018/1972, art. 109",
        "checked_on": CHECKED_ON,
    },
    {
        "number": "1522",
        "name": {
            "it": "Violenza e stalking, 24 ore",
            "en": "Violence and stalking, 24 hours",
            "fr": "Violences et harcèlement, 24 h",
            "ar": "العنف والملاحقة، 24 ساعة",
        },
        "source": "Presidenza del Consiglio dei Ministri, Dipartimento per le Pari Opportunità",
        "checked_on": CHECKED_ON,
    },
    {
        "number": "114",
        "name": {
            "it": "Emergenza infanzia, 24 ore",
            "en": "Children in danger, 24 hours",
            "fr": "Enfance en danger, 24 h",
            "ar": "طوارئ الطفولة، 24 ساعة",
        },
        "source": "114 Emergenza Infanzia, Dipartimento per le politiche della famiglia",
        "checked_on": CHECKED_ON,
    },
]
