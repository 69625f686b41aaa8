"""A page of a list, in the API's envelope."""

from collections.abc import Iterable

import orjson
from django.core.paginator import EmptyPage, Paginator
from django.utils.translation import gettext as _
from rest_framework.pagination import PageNumberPagination
from rest_framework.request import Request

from api.problem import Problem
from api.v1.reading import Stored


class EnvelopePagination(PageNumberPagination):
    """Counts from 1. Bodies go into the envelope as they are stored: nothing is parsed, nothing encoded again."""

    page_size_query_param = "per_page"

    def turn(self, request: Request, total: int, number: int, size: int, readable: int | None = None) -> slice:
        """Where page `number` of `size` lies. Raises Problem (404) past the end.

        `readable`: how many of the `total` can be paged through, where not all can.
        """
        self.request = request
        self.total = total
        self.size = size
        paginator = Paginator(range(total if readable is None else min(total, readable)), size)
        try:
            self.page = paginator.page(number)
        except EmptyPage:
            pages = {"page": number, "pages": paginator.num_pages}
            raise Problem("past-the-end", _("There is no page %(page)d: the last one is %(pages)d.") % pages) from None
        self.pages = paginator.num_pages if paginator.count else 0
        self.number = number
        return slice((number - 1) * size, number * size)

    def envelope(self, contents: Iterable[Stored], fallbacks: Iterable[Stored], search: object = None) -> bytes:
        """The JSON of the page. `fallbacks`: those of the contents in Italian for want of the language asked."""
        members: dict[str, object] = {
            "total_items": self.total,
            "total_pages": self.pages,
            "page": self.number,
            "per_page": self.size,
            "next": self.get_next_link(),
            "previous": self.get_previous_link(),
            "fallbacks": [row.id for row in fallbacks],
        }
        if search is not None:
            members["search"] = search
        bodies = ",".join(row.body for row in contents)
        return b'%s,"contents":[%s]}' % (orjson.dumps(members)[:-1], bodies.encode())
