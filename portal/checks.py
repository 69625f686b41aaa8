"""Whether this version of the code can serve from the database, and finds what the settings name.

`python -m portal.checks` says so, and what to do: the web process asks before it starts. Not one of Django's system
checks: those run before `migrate` as well.
"""

import os
import sys

import django
from django.core.exceptions import ImproperlyConfigured
from django.db import DEFAULT_DB_ALIAS, OperationalError, connections
from django.db.migrations.executor import MigrationExecutor

from search.needs import embedding


def database_problem(alias: str = DEFAULT_DB_ALIAS) -> str | None:
    """What keeps the database from serving, as a sentence that says what to do; None if nothing."""
    try:
        executor = MigrationExecutor(connections[alias])
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except OperationalError as error:
        return explain(error)
    if waiting:
        return f"the database is behind by {len(waiting)} migrations: run `python manage.py migrate` (make run does it)"
    return None


def embedder_problem() -> str | None:
    """What keeps the embedding model from being asked, where one is named; None if nothing."""
    try:
        embedding.in_use()
    except ImproperlyConfigured as error:
        return f"{error}: correct NEEDS_EMBEDDER, or leave it unset"
    return None


def explain(error: OperationalError) -> str:
    """A database that cannot be used, in one sentence: nothing was changed, and what to do."""
    text = str(error).strip().splitlines()[0] if str(error).strip() else "no reason given"
    if "locked" in text:
        return (
            "the database is locked by another process (a second make run, a backup, a database browser); "
            "nothing was changed: end that process and try again"
        )
    return f"the database does not answer ({text}): check DATABASE_URL and that the server runs, then try again"


def main() -> int:
    """Exit status 0 if the database can serve; 1 and a line on standard error if it cannot."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    problem = database_problem() or embedder_problem()
    if problem:
        print(f"portolano: {problem}", file=sys.stderr)
    return 1 if problem else 0


if __name__ == "__main__":
    sys.exit(main())
