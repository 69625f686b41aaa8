"""The folder of an embedded index: versions side by side, and a file that names the one in use.

    public/current            the name of the version in use, replaced by an atomic rename
    public/v1-20261123T…/     a whole index
    public/damaged-…/         one that could not be read, kept aside until the next ordinary rebuild, at most a day

Readers follow the name; files of a removed version stay readable to those who have them open.
"""

import os
import shutil
import uuid
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
        try:
            name = (self.path / POINTER).read_text().strip()
        except (OSError, UnicodeDecodeError):
            return None
        # A name with a slash would lead out of the folder: only a damaged pointer holds one.
        found = self.path / Path(name).name
        return found if found.name.startswith(self._prefix) and found.is_dir() else None

    def new(self) -> Path:
        """An empty folder for the next version."""
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
        made = self.path / f"{self._prefix}{stamp}-{uuid.uuid4().hex[:6]}"
        made.mkdir(parents=True)
        return made

    def use(self, version: Path) -> None:
        """Point to `version`, on disk before anybody can read it, then drop the others."""
        fresh = self.path / f"{POINTER}.{uuid.uuid4().hex[:6]}"
        with fresh.open("w") as file:
            file.write(version.name)
            file.flush()
            os.fsync(file.fileno())
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

    @property
    def _prefix(self) -> str:
        return f"v{self.version}-"

    def _drop_all_but(self, version: Path) -> None:
        for other in self.path.iterdir():
            if other.is_dir() and other != version and not other.name.startswith(DAMAGED):
                shutil.rmtree(other, ignore_errors=True)
