"""`python -m tests.search.killed_writer FOLDER`: write batch after batch, say each one acknowledged, until killed."""

import os
import sys
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.testing")
django.setup()

from search.engines.embedded import EmbeddedEngine  # noqa: E402
from services_catalog.publication.feed import Cursor  # noqa: E402
from tests.search.cast import service  # noqa: E402

engine = EmbeddedEngine(Path(sys.argv[1]))
first = engine.state().position.seq + 1
for number in range(first, first + 1000):
    engine.apply([], service(number, "Mensa"), Cursor("epoch1", number))
    print(number, flush=True)
