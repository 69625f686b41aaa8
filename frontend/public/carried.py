"""What of a question the links of its page carry."""

from django.http import QueryDict

MOST_CARRIED = 200
"""Characters: as many as the search box takes. With the whole of a long story in each of a hundred links a page would
weigh megabytes."""


def carried(asked: QueryDict) -> QueryDict:
    """This search with a question no longer than MOST_CARRIED, cut after a word where it has words."""
    text = asked.get("q", "")
    if len(text) <= MOST_CARRIED:
        return asked
    cut = text[:MOST_CARRIED]
    changed = asked.copy()
    changed["q"] = cut.rpartition(" ")[0] or cut
    return changed
