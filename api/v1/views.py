"""Lists and things, from published records."""

from uuid import UUID

from django.http.response import HttpResponseBase
from django.utils import timezone
from rest_framework.request import Request

from api.problem import Problem
from api.reader import reader_of
from api.v1 import reading
from api.v1.listing import Listing, parse_language, parse_listing
from api.v1.pagination import EnvelopePagination
from api.v1.reading import Stored
from api.v1.resources import RESOURCES, Resource
from api.v1.said import said_of
from api.view import ApiView
from search import asked
from search.answer import Answer
from search.engine import WINDOW
from search.query import search
from services_catalog.publication.document import SCHEMA_VERSION


class RecordView(ApiView):
    """A view of one of the resources."""

    resource: Resource = RESOURCES["services"]


class RecordList(RecordView):
    """A page of a resource. Two queries, three in a translation; one where the asker holds it already."""

    def get(self, request: Request) -> HttpResponseBase:
        listing = parse_listing(request.query_params, self.resource, reader_of(request), timezone.now())
        if listing.search:
            found = search(listing.search)
            asked.record(listing.search, found, within=reader_of(request).territories or frozenset())
            return self.searched(request, listing, found)
        return self.listed(request, listing)

    def listed(self, request: Request, listing: Listing) -> HttpResponseBase:
        """From the database, in the order of ids."""
        reader = reader_of(request)
        records = reading.listed(self.resource, reader, listing.language, listing.filters)
        position, total = reading.position_and_total(records)
        etag = f'"{position.epoch}.{position.seq}.{SCHEMA_VERSION}"'
        if unchanged := self.unchanged(request, etag):
            return unchanged
        pages = EnvelopePagination()
        place = pages.turn(request, total, listing.page, listing.per_page)
        found = reading.page(self.resource, reader, listing.language, records[place])
        return self.page(request, listing, pages, list(found.values()), etag=etag)

    def searched(self, request: Request, listing: Listing, results: Answer) -> HttpResponseBase:
        """From the engine that search has, in its order; what it still lists and is not to be seen drops out."""
        pages = EnvelopePagination()
        pages.turn(request, results.total, listing.page, listing.per_page, readable=WINDOW)
        keys = [hit.service for hit in results.hits]
        named = [results.instead.hit.service] if results.instead else []
        found = reading.stored(self.resource, reader_of(request), listing.language, [*keys, *named])
        contents = [found[key] for key in keys if key in found]
        return self.page(
            request, listing, pages, contents, search=said_of(results, found, reader_of(request).territories)
        )

    def page(
        self,
        request: Request,
        listing: Listing,
        pages: EnvelopePagination,
        contents: list[Stored],
        etag: str = "",
        search: object = None,
    ) -> HttpResponseBase:
        """The envelope with its headers."""
        fallbacks = [row for row in contents if row.language != listing.language]
        language = reading.content_language(listing.language, contents)
        return self.answer(request, pages.envelope(contents, fallbacks, search), {"Content-Language": language}, etag)


class RecordDetail(RecordView):
    """One thing. One query; a second tells what is gone from what never was."""

    def get(self, request: Request, key: str) -> HttpResponseBase:
        reader = reader_of(request)
        language = parse_language(request.query_params)
        try:
            id_ = UUID(key)
        except ValueError:
            raise Problem("invalid-id") from None
        found = reading.stored(self.resource, reader, language, [id_]).get(id_)
        if found is None:
            raise Problem("gone" if reading.was_published(self.resource, reader, id_) else "not-found")
        headers = {"Content-Language": reading.content_language(language, [found])}
        return self.answer(request, found.body.encode(), headers, etag=f'"{found.checksum}"')
