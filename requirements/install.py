"""Makes the virtual environment `.venv` and installs into it the hashed locks named on the command line.

Runs on the system's own Python, before anything is installed: the standard library alone, in a syntax that older
Pythons read, so that they can say what they lack. A lock that has not changed since it was installed costs nothing.
"""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TextIO

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ROOT / "requirements"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
OLDEST = (3, 11)
PIP = (str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--progress-bar=off", "--require-hashes")


def lack(version: tuple[int, int], makes_environments: bool) -> str | None:
    """What this Python lacks to make the environment, as a sentence that says what to do; None if nothing."""
    name = "{}.{}".format(*version)
    if version < OLDEST:
        oldest = "{}.{}".format(*OLDEST)
        return f"Python {name} is too old: {oldest} or later is needed. Name another as in: make run PYTHON=python3.12"
    if not makes_environments:
        return f"this Python cannot make virtual environments. On Debian and Ubuntu: apt install python{name}-venv"
    return None


def stale(names: list[str], venv: Path = VENV, locks: Path = LOCKS) -> list[str]:
    """The locks that differ from what was last installed into `venv`."""
    if not (venv / "bin" / "python").exists():
        return names
    return [name for name in names if not _same(locks / f"{name}.lock", _stamp(name, venv))]


def _stamp(name: str, venv: Path) -> Path:
    """The copy of a lock kept beside what it installed."""
    return venv / f"installed-{name}.lock"


def _same(lock: Path, installed: Path) -> bool:
    return installed.exists() and installed.read_bytes() == lock.read_bytes()


def _works() -> bool:
    """Whether the environment's Python and pip run: an interrupted creation, or a system upgrade, leaves neither."""
    try:
        return subprocess.run([str(PYTHON), "-m", "pip", "--version"], capture_output=True).returncode == 0
    except OSError:
        return False


def make_environment() -> str | None:
    """Make `.venv` if it is missing or broken; returns why this Python cannot, or None."""
    if _works():
        return None
    missing = lack(sys.version_info[:2], importlib.util.find_spec("ensurepip") is not None)
    if missing is None:
        print("· making the virtual environment", flush=True)
        shutil.rmtree(VENV, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)
    return missing


def install(names: list[str]) -> str | None:
    """Install the locks into `.venv`; returns the end of pip's words if it failed, or None."""
    print("· installing the packages (a minute or two, the first time)", flush=True)
    started = time.monotonic()
    requirements = [part for name in names for part in ("-r", str(LOCKS / f"{name}.lock"))]
    path = VENV / "install.log"
    with path.open("w") as log:
        status = _follow([*PIP, *requirements], log)
    if status:
        end = "\n".join(path.read_text().splitlines()[-12:])
        return f"the packages could not be installed; {path.relative_to(ROOT)} ends with:\n{end}"
    for name in names:
        shutil.copyfile(LOCKS / f"{name}.lock", _stamp(name, VENV))
    print(f"  installed in {time.monotonic() - started:.0f} s", flush=True)
    return None


def _follow(command: list[str], log: TextIO) -> int:
    """Run pip with its words in the log, and a count of packages for who waits; returns its exit status."""
    count = 0
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        for line in process.stdout or ():
            log.write(line)
            if line.startswith("Collecting"):
                count += 1
                if count % 20 == 0:
                    print(f"  {count} packages …", flush=True)
            elif line.startswith("Installing collected"):
                print(f"  {count} packages, unpacking …", flush=True)
    return process.returncode


def main(names: list[str]) -> int:
    """Exit status 0 when the environment holds the locks, 1 with a sentence on standard error when it cannot."""
    wanted = stale(names)
    if not wanted:
        return 0
    problem = make_environment() or install(wanted)
    if problem:
        print(f"portolano: {problem}", file=sys.stderr)
    return 1 if problem else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
