"""How a reader is known: by a key in the `Authorization` header, or by the session of somebody signed in.

Never by the address: addresses end in logs, histories and screenshots.
"""

import contextlib
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import DatabaseError
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from api.keys.models import ApiKey
from api.reader import Reader
from services_catalog.choices import Audience
from services_catalog.models import Membership, MembershipRole, RecordFacet

LONGEST = 200
OPERATORS = (MembershipRole.OPERATOR, MembershipRole.STAFF)


class KeyAuthentication(BaseAuthentication):
    """`Authorization: Bearer <key>`. One query; once a day another, that notes the day."""

    def authenticate(self, request: Request) -> tuple[None, Reader] | None:
        """Raises AuthenticationFailed (401) for a key that opens nothing: a typo must not silently read less."""
        scheme, _space, secret = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            return None
        secret = secret.strip()
        found = _opened_by(secret) if secret and len(secret) <= LONGEST else None
        if found is None:
            raise AuthenticationFailed
        key, territories = found
        _note_use(key)
        return None, Reader(Audience(key.audience), territories)

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


class MemberAuthentication(SessionAuthentication):
    """The session of a territory's operators and staff, and of partners' operators: they read their own territories."""

    def authenticate(self, request: Request) -> tuple[Any, Reader] | None:
        found = super().authenticate(request)
        if found is None:
            return None
        user, _none = found
        memberships = list(
            Membership.objects.filter(user=user, role__in=OPERATORS)
            .order_by()
            .values_list("territory_id", "organization_id")
        )
        if not memberships:
            return None
        territories, organizations = zip(*memberships, strict=True)
        slugs = _territories(territories, organizations).values_list("value", flat=True)
        return user, Reader(Audience.OPERATOR, frozenset(slugs))


def _opened_by(secret: str) -> tuple[ApiKey, frozenset[str] | None] | None:
    """The key, and the territories it opens. One query."""
    slug = _slugs().filter(kind="territory", uuid=OuterRef("territory_id")).values("value")[:1]
    key = ApiKey.objects.opened_by(secret).annotate(slug=Subquery(slug)).first()
    if key is None:
        return None
    return key, None if key.territory_id is None else frozenset({key.slug} if key.slug else ())


def _slugs() -> QuerySet[RecordFacet]:
    """Slugs of territories, from what is published: no reading touches the tables that partners edit."""
    return RecordFacet.objects.filter(reader=Audience.OPERATOR, facet="territory")


def _territories(territories: Iterable[UUID | None], organizations: Iterable[UUID | None]) -> QuerySet[RecordFacet]:
    return _slugs().filter(
        Q(kind="territory", uuid__in=[key for key in territories if key])
        | Q(kind="organization", uuid__in=[key for key in organizations if key])
    )


def _note_use(key: ApiKey) -> None:
    today = timezone.localdate()
    if key.last_used_on != today:
        # The answer is worth more than the note: a long import may hold the database's one pen.
        with contextlib.suppress(DatabaseError):
            ApiKey.objects.filter(pk=key.pk).update(last_used_on=today)
