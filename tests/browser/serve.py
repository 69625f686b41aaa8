"""Serves the cast's portal on a port until it is ended: `python -m tests.browser.serve PORT FOLDER`."""

import os
import sys

import django
import time_machine
from django.core.management import call_command


def main(port: int, folder: str) -> None:
    # An installation of its own: whatever database and engine the suite runs on, this one is embedded.
    for name in ("DATABASE_URL", "ELASTICSEARCH_URL"):
        os.environ.pop(name, None)
    os.environ |= {"VAR_DIR": folder, "DJANGO_SETTINGS_MODULE": "portal.settings.testing"}
    django.setup()
    call_command("migrate", verbosity=0)
    from portal.editorial.sites import home, open_site
    from tests.frontend import cast

    with time_machine.travel(cast.NOON, tick=True):
        found = cast.catalogue()
        cast.index()
        blocks = [
            {"type": "needs", "value": {"title": "", "language": ""}},
            {"type": "numbers", "value": {"title": "", "numbers": [], "language": ""}},
            {"type": "services", "value": {"title": "Aperti ora", "open_now": True, "limit": 6, "language": ""}},
        ]
        page = home("portal", "Portolano", blocks, [], "0781 000333")
        open_site(found["territory"], "localhost", port, page, default=True)
        call_command("runserver", f"127.0.0.1:{port}", "--noreload", "--insecure", verbosity=0)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
