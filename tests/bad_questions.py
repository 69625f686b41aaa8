"""What nobody means to ask, for tests and for `make bench`."""

from datetime import date

from django.http import QueryDict

TEXTS = {
    "long": "aiuto " * 666,
    "one long word": "a" * 4000,
    "stop words": "dove posso trovare il la lo per",
    "emoji": "😀🏳️‍🌈👨‍👩‍👧",
    "quotes": "\"mensa 'caritas",
    "surrogate": "mensa \ud83d",
    "SQL": "'; DROP TABLE services; --",
    "Lucene": "name:(mensa OR *) AND NOT _exists_:x~2^9",
    "right to left override": "\u202easnem\u202c mensa",
    "control": "mensa\x00\x07",
    "spaces": "   ",
    "arabic numbers": "٩٩٩٩٩٩",
    "long, of four bytes": "🛏" * 4000,
    "long, Chinese": "我饿了没有地方睡觉" * 444,
    "long, Arabic": "أنا جائع وأبحث عن مكان " * 173,
    "one letter each": " ".join("abcdefghij" * 200),
    "many places": "Iglesias Gonnesa Roma Napoli Cagliari " * 105,
    "misspelt": "dormitorioo notturnno guardarobaa mensaa doccee",
    "accents without end": "e" + "\u0301" * 3999,
    "ligatures": "\ufdfa" * 4000,
}
WRONG = {
    "60 filters": ("need", "&".join(f"need=00000000-0000-4000-8000-{number:012}" for number in range(60))),
    "radius": ("radius", "near=39.3,8.5&radius=-1"),
    "on foot": ("on_foot", "near=39.3,8.5&on_foot=2"),
    "far future": ("open", "open=9999-12-31"),
    "far future, a minute": ("open", "open=9999-12-31T23:59"),
    "before Christ": ("open", "open=-0044-03-15"),
    "no part of a day": ("open", f"open={date(2026, 11, 24)}.brunch"),
    "age": ("age", "age=999"),
    "two ages": ("age", "age=3&age=4"),
    "gender": ("gender", "gender=yes"),
    "isee": ("isee", "isee=-5"),
    "isee, not a number": ("isee", "isee=NaN"),
    "residence": ("residence", "residence=Roma"),
    "literally": ("literally", "literally=everything"),
    "too long": ("q", "q=" + "a" * 4001),
}


def query_of(text: str) -> str:
    """`text` as a browser sends it: half of a surrogate pair cannot travel."""
    query = QueryDict(mutable=True)
    query["q"] = text.encode(errors="replace").decode()
    return query.urlencode()
