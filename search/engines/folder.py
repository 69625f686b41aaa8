"""The folder of an embedded index: versions side by side, and a file that names the one in use.

    public/current            the name of the version in use, replaced by an atomic rename
    public/v1-20261123T…/     a whole index
    public/damaged-…/         one that could not be read, kept aside until the next ordinary rebuild, at most a day

Readers follow the name; files of a removed version stay readable to those who have them open.
"""

import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

POINTER = "current"
DAMAGED = "damaged-"


@dataclass(frozen=True)
class IndexFolder:
    """Where the versions of one audience's index live. `version`: of the schema, part of every version's name."""

    path: Path
    version: int

    def current(self) -> Path | None:
        """The version in use; None where there is none of this schema."""
        found = self._named()
        return found if found.name.startswith(self._prefix) and found.is_dir() else None

    @contextmanager
    def making(self) -> Iterator[Path]:
        """An empty folder for the next version, gone again if it comes to nothing. What a killed process left of its
        own goes first: on a full disk its room is needed."""
        self._drop_all_but(self._named())
        made = self._new()
        try:
            yield made
        finally:
            if self._named() != made:
                shutil.rmtree(made, ignore_errors=True)

    def _new(self) -> Path:
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
        made = self.path / f"{self._prefix}{stamp}-{uuid.uuid4().hex[:6]}"
        made.mkdir(parents=True)
        return made

    def use(self, version: Path) -> None:
        """Point to `version`, on disk before anybody can read it, then drop the others."""
        for written in version.iterdir():
            _flush(written)
        fresh = self.path / f"{POINTER}.{uuid.uuid4().hex[:6]}"
        with fresh.open("w") as file:
            file.write(version.name)
        _flush(fresh)
        fresh.replace(self.path / POINTER)
        self._drop_all_but(version)

    def set_aside(self) -> None:
        """Put what is in use, found damaged, out of everybody's way."""
        if self.path.exists() and not self.path.is_dir():
            self.path.rename(self.path.with_name(f"{DAMAGED}{self.path.name}"))
        elif version := self.current():
            self.drop_set_aside()
            version.rename(self.path / f"{DAMAGED}{version.name}")

    def drop_set_aside(self) -> None:
        """Nothing that was hidden since lives on in a damaged version."""
        for damaged in self.path.glob(f"{DAMAGED}*"):
            shutil.rmtree(damaged, ignore_errors=True)

    def _named(self) -> Path:
        """What the pointer names, of whatever schema; the folder itself where it names nothing."""
        try:
            name = (self.path / POINTER).read_text().strip()
        except (OSError, UnicodeDecodeError):
            name = ""
        # A name with a slash would lead out of the folder: only a damaged pointer holds one.
        return self.path / Path(name).name

    @property
    def _prefix(self) -> str:
        return f"v{self.version}-"

    def _drop_all_but(self, version: Path) -> None:
        for other in self.path.glob("*"):
            if other.is_dir() and other != version and not other.name.startswith(DAMAGED):
                shutil.rmtree(other, ignore_errors=True)
            elif other.name.startswith(f"{POINTER}."):
                other.unlink(missing_ok=True)


def _flush(file: Path) -> None:
    with file.open("rb") as opened:
        os.fsync(opened.fileno())
