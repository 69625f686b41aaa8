"""What has to be true before the processes start: `python -m portal.process.prepare`.

Each step does nothing when it has nothing to do, so a second start takes seconds and changes nothing that people wrote.
"""

import hashlib
import io
import os
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import CommandError, call_command
from django.db import OperationalError

from portal.checks import explain

BASE_DIR = Path(__file__).resolve().parents[2]
# The status with which `manage.py follow` says that another follower works in this VAR_DIR.
FOLLOWER_RUNS = 3


def main() -> int:
    """Run every step in order; exit status 0, or 1 with a sentence that says what stopped and that nothing is lost."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    try:
        for title, module in BEFORE:
            step(title, partial(run_module, module))
        django.setup()
        for title, work in STEPS:
            step(title, work)
    except OperationalError as error:
        print(f"portolano: {explain(error)}", file=sys.stderr)
    except CommandError as error:
        print(f"portolano: {error}", file=sys.stderr)
    except subprocess.CalledProcessError as error:
        print(f"portolano: {' '.join(error.cmd[1:])} failed: its own words are above", file=sys.stderr)
    except KeyboardInterrupt:
        print("\nportolano: stopped; make run goes on from here", file=sys.stderr)
    else:
        return 0
    return 1


def step(title: str, work: Callable[[], None]) -> None:
    """Do one thing, saying which and how long it took."""
    started = time.monotonic()
    print(f"· {title} …", flush=True)
    work()
    took = time.monotonic() - started
    if took >= 1:
        print(f"  {took:.0f} s", flush=True)


def run_module(name: str) -> None:
    subprocess.run([sys.executable, "-m", name], cwd=BASE_DIR, check=True)


def collect_static() -> None:
    """Gather, hash and compress the static files, unless none has changed: hashing them all takes most of a start."""
    stamp = settings.STATIC_ROOT / "inputs.sha256"
    inputs = fingerprint()
    if stamp.exists() and stamp.read_text() == inputs:
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(inputs)


def fingerprint() -> str:
    """A digest of every static file's name, size and time of change."""
    total = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            status = os.stat(storage.path(name))
            total.update(f"{name} {status.st_size} {status.st_mtime_ns}\n".encode())
    return total.hexdigest()


def migrate() -> None:
    call_command("migrate", interactive=False, verbosity=0)


def load_reference() -> None:
    call_command("load_reference", verbosity=0)


def learn_needs() -> None:
    call_command("learn_needs", stdout=io.StringIO())


def load_demonstration() -> None:
    if settings.DEMONSTRATION:
        call_command("load_demonstration")
        # Its words, the accounts, are for the end, when the addresses are told.
        call_command("set_up_demonstration", stdout=io.StringIO())


def bring_on_index() -> None:
    """Build the index if it is missing, damaged or of another database; else apply what it has not read yet.

    An engine that does not answer keeps nothing from starting: search rests until the follower reaches it.
    """
    try:
        call_command("follow", once=True)
    except CommandError as error:
        if error.returncode == FOLLOWER_RUNS:
            raise
        print(f"  search rests for now, the follower will try again: {error}", file=sys.stderr)


# Programs that need no settings, and make what Django finds when it starts.
BEFORE = (("assets", "frontend.build"), ("messages", "portal.messages"))
STEPS = (
    ("static files", collect_static),
    ("database", migrate),
    ("comuni, taxonomies", load_reference),
    ("words people say", learn_needs),
    ("demonstration", load_demonstration),
    ("search index", bring_on_index),
)

if __name__ == "__main__":
    sys.exit(main())
