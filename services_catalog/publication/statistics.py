"""What the database's planner believes of the tables."""

from django.db import connection

MANY = 200
"""Things written at once from which on the planner is told: fewer do not change what is the best way to read."""


def refresh_statistics() -> None:
    """Have PostgreSQL count its tables now, not within the minute after which autovacuum does.

    Until then it plans for tables as they were: right after a first load it held them empty, and read a page of nine
    services in 56 s, every record once for every other. A restored backup brings no statistics at all.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
