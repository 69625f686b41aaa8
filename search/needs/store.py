"""Models of needs on disk: versions side by side in VAR_DIR/needs, and the name of the one in force.

Arrays are mapped, not read: processes share their pages, and touch a few hundred rows a question.
"""

import json
import logging
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, overload
from zlib import crc32

import numpy as np
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from numpy.typing import NDArray

from search.engines.folder import IndexFolder
from search.needs import embedding, features
from search.needs.embedding import Meanings
from search.needs.model import NeedsModel
from search.needs.postings import Postings

ABOUT = "about.json"
REFUSED = "refused.json"
WORDS = "words.json"
SUMS = "sums.json"
POSTINGS = ("linear", "phrases")
PARTS = ("starts", "things", "weights")
ARRAYS = (
    *(f"{name}_{part}" for name in POSTINGS for part in PARTS),
    *("rarity", "bias", "need_of", "said", "said_at", "spoken"),
)
PIECE = 1 << 20
DIRECTIONS = "directions.npy"
"""Only where an embedding model took part."""
FILES = (WORDS, *(f"{name}.npy" for name in ARRAYS))

logger = logging.getLogger("portolano.search")


@dataclass(frozen=True)
class About:
    """What a model was made of. `state` is the lexicon's (epoch of the database, counter); `success` the share of
    held-back questions, `questions` of them, with one of their needs among the first three; `embedder` the name of the
    embedding model that took part, `embedder_path` where the settings found it, "" for none."""

    digest: str
    state: str
    phrases: int
    questions: int
    success: float
    embedder: str = ""
    embedder_path: str = ""


def folder() -> IndexFolder:
    """Where models of these features live."""
    return IndexFolder(Path(settings.VAR_DIR) / "needs", features.VERSION)


_in_force: tuple[str, NeedsModel | None] | None = None


def model_in_force() -> NeedsModel | None:
    """The model to ask; None where none has been learnt yet, or the one there is cannot be read."""
    global _in_force
    version = folder().current()
    if version is None:
        return None
    if _in_force is None or _in_force[0] != version.name:
        _in_force = version.name, _read(version) if _is_whole(version) else None
        if _in_force[1] is None:
            logger.error("the model of needs is damaged: questions are answered by their words alone")
    return _in_force[1]


def is_damaged() -> bool:
    """Whether there is a model in force that cannot be read. Reads it all."""
    version = folder().current()
    return version is not None and not _is_whole(version)


def about_in_force() -> About | None:
    """What the model in force was made of."""
    version = folder().current()
    return _about(version / ABOUT) if version else None


def about_refused() -> About | None:
    """What the last model was made of that was not put in force, if none has been since."""
    return _about(folder().path / REFUSED)


def put_in_force(model: NeedsModel, about: About) -> None:
    """Write `model` and point to it."""
    kept = folder()
    with kept.making() as version:
        _write(version, model, about)
        kept.use(version)
    (kept.path / REFUSED).unlink(missing_ok=True)


def _write(version: Path, model: NeedsModel, about: About) -> None:
    arrays: dict[str, Any] = {
        "rarity": model.rarity,
        "bias": model.bias,
        "need_of": model.need_of,
        "spoken": model.spoken,
    }
    for name in POSTINGS:
        arrays |= {f"{name}_{part}": getattr(getattr(model, name), part) for part in PARTS}
    arrays["said"], arrays["said_at"] = _laid_out(model.said)
    for name in ARRAYS:
        np.save(version / f"{name}.npy", arrays[name])
    words: dict[str, Any] = {"needs": model.needs, "spread": model.spread, "meanings": None}
    words["highest"] = {name: getattr(model, name).highest for name in POSTINGS}
    if model.meanings:
        np.save(version / DIRECTIONS, model.meanings.directions)
        words["meanings"] = {"embedder": model.meanings.embedder.name, "spread": model.meanings.spread}
    (version / WORDS).write_text(json.dumps(words, ensure_ascii=False))
    (version / ABOUT).write_text(json.dumps(about.__dict__))
    (version / SUMS).write_text(json.dumps(_sums(version)))


def refuse(about: About) -> None:
    """Remember a model that was worse than the one in force."""
    path = folder().path / REFUSED
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(f".{os.getpid()}")
    fresh.write_text(json.dumps(about.__dict__))
    fresh.replace(path)


def _sums(version: Path) -> dict[str, int]:
    files = (*FILES, DIRECTIONS) if (version / DIRECTIONS).exists() else FILES
    return {name: _sum(version / name) for name in files}


def _sum(file: Path) -> int:
    """Read by the piece: a whole array would stay with the process that read it."""
    found = 0
    with file.open("rb") as opened:
        while piece := opened.read(PIECE):
            found = crc32(piece, found)
    return found


def _is_whole(version: Path) -> bool:
    """Whether every file is as it was written: from any other nonsense would be read."""
    try:
        return bool(json.loads((version / SUMS).read_text()) == _sums(version))
    except (OSError, ValueError):
        return False


def _read(version: Path) -> NeedsModel:
    words = json.loads((version / WORDS).read_text())
    arrays = {name: _mapped(version / f"{name}.npy") for name in ARRAYS}
    return NeedsModel(
        needs=tuple(words["needs"]),
        rarity=arrays["rarity"],
        bias=arrays["bias"],
        **{name: _postings(arrays, name, words["highest"][name]) for name in POSTINGS},
        need_of=arrays["need_of"],
        said=Said(arrays["said"], arrays["said_at"]),
        spoken=arrays["spoken"],
        spread=tuple(words["spread"]),
        meanings=_meanings(version, words.get("meanings")),
    )


def _postings(arrays: dict[str, NDArray[Any]], name: str, highest: float) -> Postings:
    starts, things, weights = (arrays[f"{name}_{part}"] for part in PARTS)
    return Postings(starts, things, weights, highest)


def _meanings(version: Path, known: dict[str, Any] | None) -> Meanings | None:
    """None too where another embedding model is in use, or none can be: until it is learnt again words are enough."""
    try:
        embedder = embedding.in_use() if known else None
    except ImproperlyConfigured as error:
        logger.error("%s: questions are answered by their words alone", error)
        return None
    if not known or embedder is None or embedder.name != known["embedder"]:
        return None
    return Meanings(embedder, _mapped(version / DIRECTIONS), tuple(known["spread"]))


class Said(Sequence[str]):
    """Phrases as written, each read out of a mapped file when it is quoted: few of tens of thousands are."""

    def __init__(self, text: NDArray[np.uint8], at: NDArray[np.int32]) -> None:
        self._text, self._at = text, at

    def __len__(self) -> int:
        return len(self._at)

    @overload
    def __getitem__(self, at: int) -> str: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[str]: ...

    def __getitem__(self, at: int | slice) -> str | Sequence[str]:
        """The phrase of a place, or those of several."""
        if isinstance(at, slice):
            return [self[number] for number in range(*at.indices(len(self)))]
        start, end = self._at[at]
        return self._text[start:end].tobytes().decode()


def _laid_out(said: Sequence[str]) -> tuple[NDArray[np.uint8], NDArray[np.int32]]:
    """All texts one after another in UTF-8, and where each begins and ends: a phrase and its romanised copy once."""
    places: dict[str, tuple[int, int]] = {}
    end = 0
    for text in said:
        if text not in places:
            start, end = end, end + len(text.encode())
            places[text] = start, end
    at = np.array([places[text] for text in said], np.int32).reshape(-1, 2)
    return np.frombuffer("".join(places).encode() or b" ", np.uint8), at  # an empty file cannot be mapped


def _mapped(file: Path) -> NDArray[Any]:
    """A view of the mapped file: numpy's own class for these takes its time at every slice."""
    return np.load(file, mmap_mode="r", allow_pickle=False).view(np.ndarray)  # type: ignore[no-any-return]


def _about(path: Path) -> About | None:
    try:
        return About(**json.loads(path.read_text()))
    except (OSError, ValueError, TypeError):
        return None
