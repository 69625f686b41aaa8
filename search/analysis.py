"""Text → tokens, per language, once for both engines: they index what comes out of here, split at spaces.

A document's text is analysed in its own language; what a person types, in every language of its script, because
people ask in a language that is not the page's. So a typed word becomes a few forms, any of which matches.
"""

import re
import threading
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

import Stemmer

MAX_WORDS = 16
"""Words of a question beyond these add cost, not meaning."""
MAX_LENGTH = 40
MAX_CHUNK = 400
"""What stands between two spaces is cut here: Chinese has none, a sentence of it is shorter."""

SCRIPTS: dict[str, tuple[str, ...]] = {
    "latin": ("it", "en", "fr", "es", "ro", "sq"),
    "arabic": ("ar", "ur"),
    "cyrillic": ("uk", "ru"),
    "bengali": ("bn",),
    "han": ("zh-hans",),
}

# Snowball's algorithms; Albanian, Ukrainian, Bengali and Urdu have none, and match as folded.
_ALGORITHMS = {
    "it": "italian",
    "en": "english",
    "fr": "french",
    "es": "spanish",
    "ro": "romanian",
    "ar": "arabic",
    "ru": "russian",
}

SHORTEST_STEM = 3
# Words that say nothing of what is sought; few on purpose: a rare word lost is worse than a common one kept.
_STOP = {
    "it": "a ad al allo alla ai agli alle all anche c che chi ci col con cosa d da dal dallo dalla dai dalle dall dei "
    "degli del dello della delle dell di dove e ed gli ha hai hanno ho i il in io l la le li lo ma mi mia mie mio nei "
    "negli nel nello nella nelle nell o per piu posso quando quale quali se si sono su sul sulla sulle sui ti tra fra "
    "un una uno",
    "en": "a an and are at be by can do for from have how i in is it me my of on or that the there this to we what "
    "when where which who with you your",
    "fr": "a au aux avec c ce cet cette d dans de des du elle en est et il ils j je l la le les ma mes moi mon ne nous "
    "ou par pas pour qu que qui sa ses sont sur un une vous y",
    "es": "a al con de del donde e el en es esta la las lo los me mi mis no o para por que se su sus un una y yo",
    "ro": "a al ai ale am ca ce cu de din este eu fi in la ma mea meu mi o pe pentru sa se si sunt un unde",
    "sq": "a ne nje te e i me nga per dhe ku cfare une qe se si eshte jane",
    "ar": "في من على الى عن مع هل اين ما لا هذا هذه ان او و انا لي",
    "ur": "كا كي كے كو ميں سے پر اور هے هيں كيا كهاں يه وه نے هوں مجهے",
    "uk": "а в у на з із до для де як що це і й та або я мені мій моя є не про за від",
    "ru": "а в во на с из до для где как что это и или я мне мой моя есть не о об за от у",
    "bn": "এ ও এবং আমি আমার কি কোথায থেকে জন্য এর একটি করে না",
}

# Where Snowball parts what belongs together a second, lighter form lets it meet: "anziano" (anzi) and "anziani"
# (anzian) without their last vowel, "الخدمة" and "خدمة" without the article.
_LIGHT = {
    "it": re.compile(r"(?<=\w\w\w)(?:hi|he|i[aoe]|[aeio])$"),
    "ar": re.compile(r"^(?:[وفبك]?ال|لل)(?=\w\w\w)"),
}

_LATIN_WITHOUT_PARTS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"}
)
_LETTERS = {
    # One letter, several code points: Arabic, Persian and Urdu keyboards differ, and nobody types the hamza.
    **dict.fromkeys("أإآٱ", "ا"),
    **dict.fromkeys("ىیئې", "ي"),
    "ے": "ے",
    "ؤ": "و",
    "ک": "ك",
    **dict.fromkeys("ةہھۃۀە", "ه"),
    "ـ": "",
    # Cyrillic letters that are often typed as their plainer sister.
    "ё": "е",
    "ґ": "г",
    # Bengali sounds that have two letters, confused in everyday spelling; nukta and nasal sign are often left out.
    "ী": "ি",
    "ূ": "ু",
    "ণ": "ন",
    **dict.fromkeys("শষ", "স"),
    "ৎ": "ত",
    "়": "",
    "ঁ": "",
}

_APOSTROPHES = "'’ʼ‘`´"
_INNER_APOSTROPHE = re.compile(rf"(?<=[\u0400-\u052f])[{_APOSTROPHES}](?=[\u0400-\u052f])")
_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_BENGALI = "\u0980-\u09ff"
_TOKEN = re.compile(rf"[{_HAN}]+|[{_BENGALI}]+|[^\W_{_HAN}{_BENGALI}]+")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a question: as typed but folded, and the forms by which documents may hold it."""

    typed: str
    forms: tuple[str, ...]

    @property
    def in_names(self) -> tuple[str, ...]:
        """The forms that stand for it in a name. Three letters of a longer word do in too many: "madad", which asks
        for help in Urdu, is no Madia."""
        telling = (form for form in self.forms if len(form) > SHORTEST_STEM or len(self.typed) <= len(form) + 1)
        return tuple(dict.fromkeys((self.typed, *telling)))


class _Folding(dict[int, str]):
    """What each character becomes, worked out the first time it is met."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _fold_letter(chr(code))
        return folded


def _fold_letter(letter: str) -> str:
    if letter in _LETTERS:
        return _LETTERS[letter]
    category = unicodedata.category(letter)
    if category == "Nd":
        return str(unicodedata.digit(letter))
    if category in ("Cf", "Cs") or (category == "Mn" and not "\u0980" <= letter <= "\u09ff"):
        return ""
    if category[0] in "CZ":
        return " "
    base = unicodedata.normalize("NFD", letter)[0]
    return base if unicodedata.name(base, "").startswith("LATIN") else letter


_FOLDING = _Folding()


def fold(text: str) -> str:
    """`text` as compared: one case, one code point a letter, no accents, Arabic vowel signs or invisible letters."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return _INNER_APOSTROPHE.sub("", plain).translate(_FOLDING)


def split(text: str) -> list[str]:
    """Folded tokens of `text` in order, not stemmed; a run of Chinese comes as one."""
    return [token for chunk in text.split() for token in _tokens(chunk[:MAX_CHUNK])]


def tokens(text: str, language: str) -> set[str]:
    """The forms under which a document in `language` is found. Each once: presence counts, not how often."""
    return set().union(*[_document_forms(chunk[:MAX_CHUNK], language) for chunk in text.split()])


def plain_words(text: str, language: str) -> set[str]:
    """Words worth suggesting in place of a typo: not stemmed, at least four letters, no digits, not Chinese."""
    return set().union(*[_plain_words(chunk[:MAX_CHUNK], language) for chunk in text.split()])


def words(text: str, language: str) -> tuple[Word, ...]:
    """The words of a question asked on a page in `language`, each with its forms in every language of its script."""
    found: dict[str, Word] = {}
    for token in split(text):
        for part in parts(token):
            if part not in found and not _is_stop(part, language):
                found[part] = Word(part, forms(part))
            if len(found) == MAX_WORDS:
                return tuple(found.values())
    return tuple(found.values())


def parts(token: str) -> tuple[str, ...]:
    """What of a token from `split` is looked up: pairs of characters of a run of Chinese, else the token itself."""
    return tuple(_bigrams(token)) if is_chinese(token) else (token,)


def without_article(token: str) -> str:
    """A token without what Arabic writes before a noun; any other as it is."""
    return _LIGHT["ar"].sub("", token)


def script_of(token: str) -> str:
    """The script of a token's first letter; Latin where it has none we know."""
    code = ord(token[0])
    if 0x0600 <= code <= 0x077F:
        return "arabic"
    if 0x0400 <= code <= 0x052F:
        return "cyrillic"
    if 0x0980 <= code <= 0x09FF:
        return "bengali"
    return "han" if is_chinese(token) else "latin"


def _is_stop(token: str, language: str) -> bool:
    if len(token) == 1 and token.isascii() and token.isalpha():
        return True
    spoken = SCRIPTS[script_of(token)]
    # Of Latin script only the page's language and Italian: what is empty in one may name a need in another.
    asked = {language, "it"} if "it" in spoken else set(spoken)
    return any(token in _stop_words(one) for one in asked)


@cache
def _stop_words(language: str) -> frozenset[str]:
    return frozenset(fold(_STOP.get(language, "")).split())


# Texts repeat the same few thousand words: between spaces each is worked out once.
@lru_cache(maxsize=1 << 12)
def _tokens(chunk: str) -> tuple[str, ...]:
    return tuple(token[:MAX_LENGTH] for token in _TOKEN.findall(fold(chunk)))


@lru_cache(maxsize=1 << 16)
def _document_forms(chunk: str, language: str) -> frozenset[str]:
    found: set[str] = set()
    for token in _tokens(chunk):
        if is_chinese(token):
            # Single characters too: a question of one character has no bigram.
            found.update(token, _bigrams(token))
        elif token not in _stop_words(language):
            found.update(_stems(token, language))
    return frozenset(found)


@lru_cache(maxsize=1 << 16)
def _plain_words(chunk: str, language: str) -> frozenset[str]:
    stop = _stop_words(language)
    return frozenset(
        token
        for token in _tokens(chunk)
        if len(token) > 3 and token not in stop and token.isalpha() and not is_chinese(token)
    )


@lru_cache(maxsize=1 << 14)
def forms(token: str) -> tuple[str, ...]:
    """The forms of a folded token in every language of its script: any of them may stand in a document."""
    if is_chinese(token):
        return (token,)
    return _unique(form for language in SCRIPTS[script_of(token)] for form in _stems(token, language))


def _stems(token: str, language: str) -> Iterator[str]:
    algorithm = _ALGORITHMS.get(language)
    if algorithm is None or not token.isalpha() or script_of(token) != script_of_language(language):
        yield token
        return
    stem = _stemmer(algorithm).stemWord(token)
    # What is left of English "die" in Italian, "di", stands in every other name.
    yield stem if len(stem) >= SHORTEST_STEM else token
    if light := _LIGHT.get(language):
        yield light.sub("", token)


def script_of_language(language: str) -> str:
    """The script a language is written in."""
    return next(script for script, languages in SCRIPTS.items() if language in languages)


_stemmers = threading.local()


def _stemmer(algorithm: str) -> Stemmer.Stemmer:
    """One a thread: Snowball's work areas are not shared."""
    made: Stemmer.Stemmer | None = getattr(_stemmers, algorithm, None)
    if made is None:
        made = Stemmer.Stemmer(algorithm, 0)  # its own cache would hold again what `forms` does
        setattr(_stemmers, algorithm, made)
    return made


def is_chinese(token: str) -> bool:
    """Whether a token begins with a Chinese character: it is a run of them then."""
    return "\u3400" <= token[0] <= "\u9fff" or "\uf900" <= token[0] <= "\ufaff"


def _bigrams(run: str) -> list[str]:
    return [run[at : at + 2] for at in range(len(run) - 1)] or [run]


def _unique(found: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found))
